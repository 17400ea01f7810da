// SPDX-FileCopyrightText: 2026 The Hanze contributors
// SPDX-License-Identifier: EUPL-1.2
// Passkeys: asks the device for one and puts what it says into the hidden field of a form, which is then sent as any other.

const FRESH_MILLISECONDS = 4 * 60_000; // what is asked counts for five minutes

const box = document.querySelector("[data-passkey]");

const raw = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const coded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

// What the page asked, or where it stands open for long what a new one asks.
async function asked() {
  if (performance.now() < FRESH_MILLISECONDS) return JSON.parse(box.dataset.options);
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector(`[data-passkey="${box.dataset.passkey}"]`);
  if (!fresh) location.reload();
  return JSON.parse(fresh.dataset.options);
}

async function shown(options) {
  options.challenge = raw(options.challenge);
  if (box.dataset.passkey === "get") return told(await navigator.credentials.get({ publicKey: options }));
  options.user.id = raw(options.user.id);
  for (const one of options.excludeCredentials) one.id = raw(one.id);
  return told(await navigator.credentials.create({ publicKey: options }));
}

// As browsers write it by themselves since a short time only (PublicKeyCredential.toJSON).
function told({ id, type, response }) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = names.filter((name) => response[name]).map((name) => [name, coded(response[name])]);
  return JSON.stringify({ id, rawId: id, type, response: Object.fromEntries(given) });
}

async function send(event) {
  const form = event.target;
  event.preventDefault();
  if (!form.reportValidity()) return;
  const failed = box.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    form.elements.passkey.value = await shown(await asked());
  } catch {
    failed.hidden = false;
    return;
  }
  form.submit();
}

// Only where the device's promise holds: at the address of the site, in a browser that knows passkeys.
if (box && window.PublicKeyCredential && location.origin === box.dataset.origin) {
  box.hidden = false;
  document.querySelector("[data-without]")?.remove();
  box.querySelector("form").addEventListener("submit", send);
}
