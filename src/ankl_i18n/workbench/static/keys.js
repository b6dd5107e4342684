// Keys, and the list of all commands. No key works without Ctrl or Alt, and all can be turned off.

import { post } from "./api.js";
import { button, dialog, h } from "./dom.js";
import { _ } from "./words.js";

export class Keys {
  constructor(work, commands = null) {
    this.work = work;
    this.heard = (event) => this.key(event);
    this.commands = commands ?? {
      saveNext: [_("Save and next"), "Control+Enter", () => work.desk.saveAndNext()],
      save: [_("Save"), "Control+s", () => work.desk.save()],
      next: [_("Next text"), "Alt+ArrowDown", () => work.step(1)],
      previous: [_("Text before"), "Alt+ArrowUp", () => work.step(-1)],
      nextOpen: [_("Next empty or changed text"), "Control+Alt+ArrowDown", () => work.nextOpen()],
      nextProblem: [_("Next problem"), "Control+Alt+p", () => work.nextProblem()],
      right: [_("Still right"), "Control+Alt+Enter", () => work.desk.text.fuzzy && work.desk.stillRight()],
      copy: [_("Copy source"), "Control+Alt+c", () => work.desk.copySource()],
      chip: [_("Put in the next missing code"), "Control+Alt+i", () => work.desk.body.querySelector(".chip.lost")?.click()],
      term: [_("Put in the next missing term"), "Control+Alt+w", () => work.desk.missingTerm()?.click()],
      fix: [_("Put the first problem right"), "Control+Alt+f", () => work.desk.found.querySelector(".fix")?.click()],
      ignore: [_("Ignore the first problem"), "Control+Alt+g", () => this.ignore()],
      undo: [_("Undo the last save"), "Control+Alt+z", () => work.undo()],
      search: [_("Search"), "Control+Alt+s", () => work.look("list").then(() => work.list.search.focus())],
      replace: [_("Replace"), "Control+Alt+h", () => work.look("list").then(() => work.list.openReplace())],
      page: [_("Page"), "Control+Alt+1", () => work.look("page")],
      list: [_("List"), "Control+Alt+2", () => work.look("list")],
      field: [_("To the field"), "Control+Alt+e", () => work.desk.fields[0].focus()],
      finish: [_("Finish"), "Control+Alt+q", () => work.finish()],
    };
    this.commands.palette = [_("Commands"), "Control+k", () => this.palette()];
  }

  get settings() { return this.work.settings.keys ?? {}; }

  keyOf(name) { return this.settings[name] ?? this.commands[name][1]; }

  ignore() {
    const box = this.work.desk.found.querySelector(".ignore");
    if (box) {
      box.open = true;
      box.querySelector("input").focus();
    }
  }

  listen() { document.addEventListener("keydown", this.heard); }
  stop() { document.removeEventListener("keydown", this.heard); }

  key(event) {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const pressed = written(event);
    const name = Object.keys(this.commands).find((one) => this.keyOf(one) && this.keyOf(one) === pressed);
    if (!name) return;
    event.preventDefault();
    this.commands[name][2]();
  }

  palette() {
    const list = h("ul", { class: "commands" });
    const box = dialog(_("Commands"), h("p", {}, _("Press a key in a field to change it; Delete turns it off.")), list, button(_("Close"), () => box.close()));
    for (const [name, [word, , run]] of Object.entries(this.commands)) {
      const field = h("input", { value: this.keyOf(name), readonly: true, "aria-label": _("Key for: {command}", { command: word }) });
      field.addEventListener("keydown", (event) => this.change(event, name, field));
      list.append(h("li", {}, button(word, () => { box.close(); run(); }), " ", field));
    }
  }

  change(event, name, field) {
    if (["Tab", "Escape", "Shift"].includes(event.key)) return;
    event.preventDefault();
    const key = ["Delete", "Backspace"].includes(event.key) ? "" : written(event);
    if (key && !/^(Control|Alt)\+/.test(key)) return;
    if (/^(Control|Alt)\+(Control|Alt|Shift|Meta)?$/.test(key)) return;
    field.value = key;
    this.work.settings.keys = { ...this.settings, [name]: key };
    post("settings", { settings: this.work.settings });
  }
}

// A keyboard of another script, or Option on a Mac, types another letter: then the place of the key
// counts. With AltGr letters are typed, and no commands given.
function written(event) {
  if (event.getModifierState?.("AltGraph")) return "";
  const [, place] = /^(?:Key|Digit)(.)$/.exec(event.code ?? "") ?? [];
  const isOther = event.key === "Dead" || (event.key.length === 1 && !/^[!-~]$/.test(event.key));
  const key = isOther && place ? place.toLowerCase() : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", key].filter(Boolean).join("+");
}
