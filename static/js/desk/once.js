// The browser's Back brings back what was typed, and of hidden fields only those that a script has set:
// this one must come back too, for it tells a form that was sent before from a new one.
const field = document.querySelector("input[name=form_token]");
if (field) field.value = field.defaultValue;
