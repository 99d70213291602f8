import { useState } from "react";
import { useLocation } from "react-router";

/**
 * Names the form that a visit begins: another one for each visit of the page, also by a link to the page itself, and
 * the same one while the form is sent and comes back.
 * @param isAnswer whether the page shows what became of its form
 */
export function useFormKey(isAnswer: boolean): string {
  const { key } = useLocation();
  const [form, setForm] = useState({ visit: key, key });
  if (form.visit !== key) {
    const next = { visit: key, key: isAnswer ? form.key : key };
    setForm(next);
    return next.key;
  }
  return form.key;
}
