import { type ChangeEvent, useState } from "react";
import { Field } from "#app/ui/field.tsx";
import { maxPictureBytes, pictureTypes, tooLarge } from "#app/uploads/upload.ts";

/** The field for a person's own picture. With scripts a file that is too large is refused before it is sent. */
export function PortraitField({ id, hint, errors }: { id: string; hint: string; errors: string[] | undefined }) {
  const [refused, setRefused] = useState(false);

  function look(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const isTooLarge = (input.files?.[0]?.size ?? 0) > maxPictureBytes;
    if (isTooLarge) input.value = "";
    setRefused(isTooLarge);
  }

  return (
    <Field
      id={id}
      name="avatar"
      type="file"
      accept={pictureTypes}
      label="Picture"
      hint={hint}
      onChange={look}
      errors={refused ? [tooLarge] : errors}
    />
  );
}
