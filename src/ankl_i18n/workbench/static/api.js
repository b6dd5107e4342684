// Questions to the server. Each is a POST with the token that only this page has.

const token = document.querySelector("meta[name=token]").content;
// This window, so that it is not told what it did itself.
export const WINDOW = crypto.randomUUID();

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? String(status));
    this.status = status;
    this.problems = answer.problems ?? [];
  }
}

export async function post(name, body = {}) {
  let answer;
  try {
    answer = await fetch(`/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Workbench-Token": token },
      body: JSON.stringify({ ...body, window: WINDOW }),
    });
  } catch {
    document.dispatchEvent(new CustomEvent("gone"));
    throw new Refused(0, { error: "gone" });
  }
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, value);
  return value;
}

export function listen(heard) {
  const events = new EventSource("/events");
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.kind === "end") events.close();
    if (told.by !== WINDOW) heard(told);
  };
  events.onerror = () => document.dispatchEvent(new CustomEvent("gone"));
  events.onopen = () => document.dispatchEvent(new CustomEvent("back"));
}
