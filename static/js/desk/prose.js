// German names for the buttons of the text editor, which knows only English ones.
const GERMAN = {
  paragraph: "Absatz", Paragraph: "Absatz", "Heading 2": "Zwischentitel", "Heading 3": "Kleiner Zwischentitel",
  "heading 2": "Zwischentitel", "heading 3": "Kleiner Zwischentitel",
  "unordered list": "Liste mit Punkten", "ordered list": "Liste mit Zahlen", blockquote: "Zitat", bold: "Fett", italic: "Kursiv",
  subscript: "Tiefgestellt", superscript: "Hochgestellt", "insert link": "Verweis setzen", "remove link": "Verweis entfernen",
  "Insert table": "Tabelle einfügen", "Add column": "Spalte hinzufügen", "Delete column": "Spalte löschen",
  "Add row": "Zeile hinzufügen", "Delete row": "Zeile löschen", "Merge cells": "Zellen verbinden", "Split cell": "Zelle teilen",
  "Toggle header cell": "Kopfzelle ein oder aus", "Delete table": "Tabelle löschen", undo: "Rückgängig", redo: "Wiederholen",
};

function translate(editor) {
  for (const button of editor.querySelectorAll(".prose-menubar [title]")) {
    const name = GERMAN[button.title];
    if (!name) continue;
    button.title = name;
    button.setAttribute("aria-label", name);
  }
  for (const words of editor.querySelectorAll(".prose-menubar__option > *")) {
    const name = GERMAN[words.textContent];
    if (name) words.textContent = name;
  }
}

// The menu is drawn after this script and drawn again when the text's place in it changes.
function watch(field) {
  const editor = field.closest(".prose-editor");
  if (!editor) return;
  translate(editor);
  new MutationObserver(() => translate(editor)).observe(editor, { childList: true, subtree: true });
  const label = document.querySelector(`label[for="${field.id}"]`);
  editor.querySelector("[contenteditable=true]")?.setAttribute("aria-label", label?.textContent.trim() ?? "Text");
}

// The browser's Back fills the hidden text area again but not the editor drawn over it: without this the editor
// would stand empty, and the next keystroke would overwrite the text.
const editors = new Map();
function restore(textarea) {
  const editor = editors.get(textarea);
  if (editor && textarea.value.trim() && textarea.value !== editor.getHTML()) editor.commands.setContent(textarea.value);
}

document.addEventListener("prose-editor:ready", (event) => {
  editors.set(event.detail.textarea, event.detail.editor);
  watch(event.target);
  restore(event.detail.textarea);
});
window.addEventListener("pageshow", () => editors.forEach((_, textarea) => restore(textarea)));
