# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The unit of work: what one work of the writer may do, and how it leaves nothing behind when it fails."""

from collections.abc import Iterable, Sequence

import apsw
import msgspec

from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance, Outcome
from hanze.ngsild.operations import alive
from hanze.ngsild.selection import EntitySelection
from hanze.store.base import RetentionRule, Trimmed
from hanze.store.scope import Scope
from hanze.store.sqlite import erasing, journal, past, upkeep
from hanze.store.sqlite.current import Current, Known, Touched
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.select import Selector
from hanze.store.sqlite.tape import Body, Tape
from hanze.store.sqlite.upkeep import Retention
from hanze.store.sqlite.vaults import VaultTable
from hanze.store.sqlite.watch import Watches
from hanze.store.vault import Vault

TYPES_OF = (
    "SELECT iri FROM name n WHERE tn = ? AND kind = 't' AND EXISTS "
    "(SELECT 1 FROM entity_type t WHERE t.tid = n.nid) ORDER BY iri"
)


class Mark(msgspec.Struct, frozen=True):
    """Where a work began: what must be cut off again when it fails."""

    changes: int
    history: int
    journal: int
    expiring: int
    number: int
    seq: int
    direct: int


class Work:
    """The UnitOfWork of the SQLite store. Entity changes are gathered; everything else is written at once (*direct*)."""

    def __init__(self, connection: apsw.Connection, vaults: Sequence[Vault] = ()) -> None:
        self._connection = connection
        self._vaults = vaults
        self.names = Names(connection)
        self.current = Current(connection, self.names)
        self.tape = Tape(connection)
        self.watches = Watches(connection)
        self._selector = Selector(connection, self.names)
        self._retention = Retention(connection, self.names)
        self.direct = 0
        self.erased = False
        """Something was erased in this transaction."""
        self.dropped = False
        """A tenant was dropped in this transaction, so that its numbers may come to stand for something else."""
        self.now = self.real = 0
        self.stamp = ""

    def begin(self, now: int, real: int) -> None:
        self.now, self.real = now, real
        self.stamp = times.text(now)
        self.erased = self.dropped = False

    def mark(self) -> Mark:
        tape = self.tape
        history, journal, expiring = len(tape.history), len(tape.journal), len(tape.expiring)
        return Mark(self.current.mark(), history, journal, expiring, tape.number, tape.seq, self.direct)

    def undo(self, mark: Mark) -> bool:
        """Cuts off what was gathered since; False where something was written directly, so that it cannot be cut off."""
        if self.direct != mark.direct:
            return False
        self.current.undo(mark.changes)
        del self.tape.history[mark.history :]
        del self.tape.journal[mark.journal :]
        del self.tape.expiring[mark.expiring :]
        self.tape.number, self.tape.seq = mark.number, mark.seq
        return True

    def flush(self) -> None:
        self.current.flush()
        self.tape.flush()

    def rolled_back(self) -> None:
        self.names.forget()
        self.current.rolled_back()
        self.tape.rolled_back()
        self.watches.read()

    def _direct(self) -> apsw.Connection:
        """The connection, for statements that cannot be cut off; what was gathered goes first."""
        self.flush()
        self.direct += 1
        return self._connection

    # entities

    def _known(self, tenant: str, id: str) -> tuple[int | None, Touched | Known | None]:
        tn = self.names.tenant(tenant)
        return tn, None if tn is None else self.current.known(tn, id)

    def entity(self, tenant: str, id: str) -> Entity | None:
        known = self._known(tenant, id)[1]
        if known is None or not known.live:
            return None
        if known.expires is None or known.expires > self.now:
            return known.entity
        # It goes before anything else is written, so that the indexes know what was there.
        return upkeep.sweep(self, tenant, known.entity)

    def expect(self, tenant: str, ids: Iterable[str]) -> None:
        tn = self.names.tenant(tenant)
        if tn is not None:
            self.current.expect(tn, ids)

    def types(self, tenant: str, id: str) -> list[str] | None:
        known = self._known(tenant, id)[1]
        return None if known is None else known.entity.types

    def save(self, tenant: str, outcome: Outcome, kind: str = "", *, history: bool = True) -> None:
        """`history`: the changes are kept there."""
        before, after = outcome.before, outcome.after
        tn = self._tenant(tenant)
        live = after is not None
        entity = after or _bare(before)
        names = frozenset([change.attribute for change in outcome.changes])
        eid = self.current.change(tn, entity, live=live, gone=None if live else self.now, attributes=names)
        tape, aids, tids = self.tape, self.names.made(tn, "a"), self.names.made(tn, "t")
        body = Body([tids[type] for type in entity.types], [aids[name] for name in names], tape.number + 1)
        expiring = len(tape.expiring)
        for change in outcome.changes if history else ():
            if change.after is not None:
                tape.instance(eid, aids[change.attribute], change.after, self.now)
            elif change.before is not None:
                tape.gone(eid, aids[change.attribute], change.before, self.now)
        if self.watches.any_of(entity.types):
            body.changes = outcome.changes
            body.entity = after or before
            if after is not None and len(tape.expiring) > expiring:
                body.entity = alive(after, self.now) or after
        tape.entry(self.now, tn, eid, kind or _kind(outcome), body)

    def _tenant(self, name: str) -> int:
        found = self.names.tenant(name)
        if found is None:
            self.tenant(name)
            found = self.names.tenant(name)
            assert found is not None
        return found

    def select(self, tenant: str, selection: EntitySelection, limit: int, scope: Scope) -> list[str]:
        self._direct()
        return self._selector.ids(tenant, selection, scope, limit, self.now)

    # history: hanze.store.sqlite.past

    def append_history(self, tenant: str, entity: Entity, kind: str = "bulk") -> int:
        return past.append(self, self._direct(), self._tenant(tenant), entity, kind)

    def observe(
        self, tenant: str, id: str, types: list[str], attribute: str, template: Instance,
        moments: Sequence[int], values: Sequence[float | int | str | bool],
    ) -> int:  # fmt: skip
        return past.observe(
            self, self._direct(), self._tenant(tenant), Entity(id, types), attribute, template, moments, values
        )

    def delete_history(
        self, tenant: str, id: str, attribute: str | None = None, dataset: str | None = None,
        *, every_dataset: bool = False, number: int | None = None,
    ) -> bool:  # fmt: skip
        connection = self._direct()
        tn, known = self._known(tenant, id)
        if tn is None or known is None:
            return False
        return past.delete(self, connection, tn, known, attribute, dataset, every_dataset, number)

    def end_history(
        self, tenant: str, id: str, attribute: str, dataset: str | None = None, *, every_dataset: bool = False
    ) -> bool:
        connection = self._direct()
        tn, known = self._known(tenant, id)
        if tn is None or known is None:
            return False
        return past.end(self, connection, tn, known, attribute, dataset, every_dataset)

    def replace_instance(self, tenant: str, id: str, attribute: str, number: int, doc: Instance) -> bool:
        connection = self._direct()
        tn, known = self._known(tenant, id)
        if tn is None or known is None:
            return False
        return past.replace(self, connection, tn, known, attribute, number, doc)

    # upkeep

    def erase(self, tenant: str, id: str, attribute: str | None = None) -> int | None:
        connection = self._direct()
        tn, known = self._known(tenant, id)
        if tn is None or known is None:
            return None
        self.erased = True
        return erasing.erase(self, connection, tn, known, attribute)

    def expire(self, limit: int) -> int:
        return upkeep.expire(self, self._direct(), limit)

    def retain(self, rules: Sequence[RetentionRule], limit: int) -> int:
        connection = self._direct()
        rows = self._retention.step(rules, self.now, limit)
        return rows + upkeep.retain_vaults(connection, self._vaults, self.now, self.real, limit)

    def trim(self, upto: int | None = None) -> Trimmed:
        return journal.trim(self._direct(), self.head(), settled=upto)

    # tenants

    def tenant(self, name: str) -> None:
        if self.names.tenant(name) is None:
            self._direct()
            self.names.tenant(name, make=True)

    def types_of(self, tenant: str) -> list[str]:
        found = self._direct().execute(TYPES_OF, (self.names.tenant(tenant),))
        return [iri for (iri,) in found]

    def drop_tenant(self, name: str) -> bool:
        tn = self.names.tenant(name)
        if not tn:
            return False
        erasing.tenant(self._direct(), tn)
        self.rolled_back()
        self.erased = self.dropped = True
        return True

    # vaults, journal

    def vault(self, vault: Vault) -> "VaultTable":
        return VaultTable(self._connection, vault, self._direct)

    def position(self, consumer: str, seq: int) -> None:
        self._direct().execute(
            "INSERT INTO consumer(name, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq",
            (consumer, seq),
        )

    def watch(self, consumer: str, types: Iterable[str] | None) -> None:
        self.watches.set(self._direct(), consumer, self.head(), types)

    def forget(self, consumer: str) -> None:
        self.watches.forget(self._direct(), consumer)

    def head(self) -> int:
        return self.tape.seq

    def touch(self) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('touched', ?)", (self.now,))


def _bare(entity: Entity | None) -> Entity:
    """What stays of a deleted entity beside its history."""
    assert entity is not None
    return Entity(entity.id, entity.types, {}, entity.scopes, entity.created, entity.modified)


def _kind(outcome: Outcome) -> str:
    if outcome.after is None:
        return "deleted"
    return "created" if outcome.before is None else "updated"
