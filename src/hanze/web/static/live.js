// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2

/**
 * What changes in the city, as it changes: one stream for all tabs of a browser, closed while all of them are hidden.
 *
 *     import { live } from "/static/live.js";
 *     const stop = live(["AirQualityObserved"], ({ entities, gone, at }) => { … });
 *
 * Each message is a CustomEvent `hanze:changes` on the document too. Where too much changed to tell it, the event has
 * `detail.reset` and the page loads again, at most once a minute, unless the event's default is prevented.
 *
 * This file is the module of the page and the script of the SharedWorker that all its tabs have in common.
 */

const STREAM = new URL("../live", import.meta.url);
const DEFAULT_VOCABULARY = "https://uri.etsi.org/ngsi-ld/default-context/";
const AGAIN_MILLISECONDS = [5_000, 60_000];
const RELOAD_MILLISECONDS = 60_000;

/** The one stream, for all ports. A port says which types its tab wants (none: all) and whether the tab is seen. */
class Source {
  #ports = new Map();
  #events = null;
  #wanted = null;
  #last = null;
  #wait = AGAIN_MILLISECONDS[0];
  #timer = 0;

  accept(port) {
    port.onmessage = ({ data }) => this.#hear(port, data);
  }

  #hear(port, { types, seen, after }) {
    if (types === null) this.#ports.delete(port);
    else this.#ports.set(port, { types, seen });
    // A tab that was made before what the stream tells next is told all that it may have missed, and so are the others.
    const earlier = after !== null && (this.#last === null || after < this.#last);
    if (earlier) this.#last = after;
    this.#settle(earlier);
  }

  #settle(anew) {
    const ports = [...this.#ports.values()];
    const all = ports.some(({ types }) => types.length === 0);
    const types = all ? [] : [...new Set(ports.flatMap(({ types }) => types))].sort();
    const wanted = ports.some(({ seen }) => seen) ? types.join() : null;
    if (wanted === this.#wanted && !anew) return;
    this.#wanted = wanted;
    this.#close();
    if (wanted !== null) this.#open();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#events?.close();
    this.#events = null;
  }

  #open() {
    const url = new URL(STREAM);
    url.search = "";
    if (this.#wanted) url.searchParams.set("types", this.#wanted);
    if (this.#last !== null) url.searchParams.set("after", this.#last);
    const events = (this.#events = new EventSource(url));
    const take = (event, message) => {
      if (events !== this.#events) return;
      this.#last = Number(event.lastEventId);
      this.#wait = AGAIN_MILLISECONDS[0];
      if (message) for (const port of this.#ports.keys()) port.postMessage(message);
    };
    events.addEventListener("still", (event) => take(event, null));
    events.addEventListener("reset", (event) => take(event, { reset: true, entities: [], gone: [], at: null }));
    events.addEventListener("changes", (event) => take(event, { reset: false, ...JSON.parse(event.data) }));
    events.onerror = () => this.#failed(events);
  }

  /** A browser comes again by itself after a break, but not where it was refused: the node is full, or starts. */
  #failed(events) {
    if (events !== this.#events || events.readyState !== EventSource.CLOSED) return;
    const wait = this.#wait * (0.5 + Math.random());
    this.#wait = Math.min(2 * this.#wait, AGAIN_MILLISECONDS[1]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(true), wait);
  }
}

/** One tab: what its scripts want, said to the source of all tabs. */
class Tab {
  #wishes = new Set();
  #port = null;
  #stale = false;

  add(wish) {
    this.#wishes.add(wish);
    if (this.#port === null) this.#begin();
    this.#say(wish.after);
    return () => {
      if (this.#wishes.delete(wish)) this.#say(null);
    };
  }

  #begin() {
    this.#listen(shared((port) => this.#listen(port)) ?? own());
    document.addEventListener("visibilitychange", () => this.#appear());
    addEventListener("pagehide", () => this.#port.postMessage({ types: null, seen: false, after: null }));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#say(null));
  }

  #listen(port) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#take(data);
    this.#say(null);
  }

  #say(after) {
    const wishes = [...this.#wishes];
    const all = wishes.some(({ types }) => types.length === 0);
    const types = all ? [] : [...new Set(wishes.flatMap(({ types }) => types))];
    this.#port.postMessage({ types: wishes.length ? types : null, seen: !document.hidden, after });
  }

  #appear() {
    this.#say(null);
    if (!document.hidden && this.#stale) this.#load();
  }

  #take(message) {
    const told = new Map([...this.#wishes].map((wish) => [wish, forWish(wish, message)]));
    const ours = new Set([...told.values()].flatMap(({ entities }) => entities));
    const detail = { ...message, entities: message.entities.filter((entity) => ours.has(entity)) };
    if (!detail.reset && !detail.entities.length && !detail.gone.length) return;
    const event = new CustomEvent("hanze:changes", { detail, cancelable: detail.reset });
    if (!document.dispatchEvent(event)) return;
    if (detail.reset) {
      this.#load();
      return;
    }
    for (const [{ onChange }, mine] of told) {
      if (mine.entities.length || mine.gone.length) onChange?.(mine);
    }
  }

  /** Loads the page again; later where it is hidden, or was loaded just before. */
  #load() {
    this.#stale = true;
    if (document.hidden) return;
    const now = Date.now();
    const wait = Number(sessionStorage.getItem("hanze:loaded") ?? 0) + RELOAD_MILLISECONDS - now;
    if (wait > 0) {
      setTimeout(() => this.#load(), wait);
      return;
    }
    sessionStorage.setItem("hanze:loaded", String(now));
    location.reload();
  }
}

function forWish({ types }, { entities, gone, at }) {
  const names = new Set(types.map(short));
  const wanted = ({ type }) => [type].flat().some((one) => names.has(short(one)));
  return { entities: names.size ? entities.filter(wanted) : entities, gone, at };
}

function short(type) {
  return type.startsWith(DEFAULT_VOCABULARY) ? type.slice(DEFAULT_VOCABULARY.length) : type;
}

/** A port to the worker of all tabs; null where the browser has no such workers. `instead`: takes a port of our own where the
 * worker cannot run. */
function shared(instead) {
  if (typeof SharedWorker !== "function") return null;
  try {
    const worker = new SharedWorker(import.meta.url, { type: "module", name: "hanze-live" });
    worker.onerror = () => instead(own());
    return worker.port;
  } catch {
    return null;
  }
}

/** A port to a stream of this tab alone. */
function own() {
  const { port1, port2 } = new MessageChannel();
  new Source().accept(port1);
  return port2;
}

let tab = null;

/**
 * Follows entities of these types (none: all that may be seen). `onChange({ entities, gone, at })`: entities as they are now, by
 * concise representation, and ids of those that are not there any more, perhaps of other types too. `after`: the number of the
 * journal that the page was made at, so that nothing is missed in between. Returns a function that ends it.
 */
export function live(types, onChange, after = null) {
  tab ??= new Tab();
  return tab.add({ types: [...types], onChange, after });
}

if (typeof SharedWorkerGlobalScope === "function" && self instanceof SharedWorkerGlobalScope) {
  const source = new Source();
  self.onconnect = ({ ports: [port] }) => source.accept(port);
}
