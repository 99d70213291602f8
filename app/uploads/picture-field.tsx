import { type ChangeEvent, type RefObject, useState } from "react";
import { href } from "react-router";
import { z } from "zod";
import { Field } from "#app/ui/field.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";
import { maxPictureBytes, pictureHint, pictureTypes, tooLarge } from "#app/uploads/upload.ts";

const answerSchema = z.union([z.object({ markdown: z.string() }), z.object({ error: z.string() })]);

/**
 * Adds pictures to a text. With scripts a chosen picture is sent at once and stands where the cursor is; without,
 * it goes along with the form.
 */
export function PictureField({
  id,
  textarea,
  errors,
}: {
  id: string;
  textarea: RefObject<HTMLTextAreaElement | null>;
  errors: string[] | undefined;
}) {
  const [progress, setProgress] = useState<{ busy?: boolean; error?: string; added?: boolean }>({});
  const hydrated = useHydrated();

  async function send(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > maxPictureBytes) {
      input.value = "";
      return setProgress({ error: tooLarge });
    }
    const form = new FormData();
    form.set("image", file);
    // From here on it is on its way by itself, and must not go along with the form again.
    input.value = "";
    setProgress({ busy: true });
    const answer = await sendPicture(form);
    if ("error" in answer) return setProgress(answer);
    if (textarea.current) insert(textarea.current, answer.markdown);
    setProgress({ added: true });
  }

  return (
    <div className="picture-field">
      <Field
        id={id}
        name="image"
        type="file"
        accept={pictureTypes}
        label="Add a picture"
        hint={
          hydrated ? pictureHint : `${pictureHint} Press Preview afterwards: it then stands at the end of your text.`
        }
        onChange={send}
        disabled={progress.busy}
        errors={progress.error ? [progress.error] : errors}
      />
      <p className="field-good" role="status">
        {progress.busy && "Sending the picture …"}
        {progress.added && "It stands in your text. Write what it shows between the square brackets."}
      </p>
    </div>
  );
}

async function sendPicture(form: FormData): Promise<z.infer<typeof answerSchema>> {
  try {
    const response = await fetch(href("/images"), { method: "POST", body: form });
    const answer = answerSchema.safeParse(await response.json());
    if (answer.success) return answer.data;
    if (response.status === 429) return { error: "You have added many pictures. Wait a while, then try again." };
    throw answer.error;
  } catch {
    return { error: "The picture did not arrive. Check your connection and try again." };
  }
}

/** Puts a picture's Markdown at the cursor, in a paragraph of its own, and the cursor where its description goes. */
function insert(textarea: HTMLTextAreaElement, markdown: string): void {
  const { value, selectionStart, selectionEnd } = textarea;
  const before = value.slice(0, selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  textarea.setRangeText(`${gap}${markdown}\n\n`, selectionStart, selectionEnd, "end");
  const description = selectionStart + gap.length + 2;
  textarea.focus();
  textarea.setSelectionRange(description, description);
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}
