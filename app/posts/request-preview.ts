import type { SubmissionResult } from "@conform-to/react";
import { href } from "react-router";
import { z } from "zod";
import { composedSchema, type Previewed } from "#app/posts/post-form.ts";
import { unsentBecause } from "#app/ui/unsent.ts";

const answerSchema = z.object({
  composed: composedSchema.nullable(),
  lastResult: z.custom<SubmissionResult<string[]>>(),
});

/** Asks for the preview of a form, beside the page: whatever goes wrong, the text in the form stays. */
export async function requestPreview(form: FormData): Promise<Previewed> {
  try {
    const response = await fetch(href("/preview"), {
      method: "POST",
      body: form,
      headers: { Accept: "application/json" },
    });
    if (!response.ok && response.status !== 400) return { composed: null, ...unsentBecause(response.status) };
    return answerSchema.parse(await response.json());
  } catch {
    return { composed: null, ...unsentBecause(null) };
  }
}
