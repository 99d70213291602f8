import { type RefObject, useEffect, useState } from "react";
import { editText } from "#app/ui/edit-text.ts";
import { describedPicture, type PictureInText, picturesIn } from "#app/uploads/picture-markdown.ts";

/** A description is a sentence or two. */
const maxLength = 500;

/**
 * Asks what the pictures of a text show that do not say so yet, with a field for each: what is written there goes into
 * the text.
 */
export function PictureDescriptions({ textarea }: { textarea: RefObject<HTMLTextAreaElement | null> }) {
  const [pictures, setPictures] = useState<PictureInText[]>([]);
  const [asked, setAsked] = useState<string[]>([]);

  useEffect(() => {
    const field = textarea.current;
    if (!field) return;
    const look = () => {
      const found = field.value.includes("](/media/") ? picturesIn(field.value) : [];
      setPictures((before) => (found.length + before.length === 0 ? before : found));
      const bare = found.filter(({ description }) => description.trim() === "").map(({ address }) => address);
      setAsked((before) => (bare.every((address) => before.includes(address)) ? before : [...before, ...bare]));
    };
    look();
    field.addEventListener("input", look);
    return () => field.removeEventListener("input", look);
  }, [textarea]);

  const shown = pictures.filter(({ address }) => asked.includes(address));
  if (shown.length === 0) return null;
  return (
    <fieldset className="picture-descriptions">
      <legend>What do your pictures show? For those who cannot see them</legend>
      {shown.map(({ address, description }, index) => (
        // The same picture may stand twice.
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture is named by its place among those of its address
        <label key={`${address} ${index}`} className="picture-description">
          <img src={address} alt="" loading="lazy" />
          <span className="sr-only">Picture {index + 1} shows</span>
          <input
            className="input"
            type="text"
            dir="auto"
            value={description}
            maxLength={maxLength}
            placeholder="Two lime trees in front of a red wall"
            onChange={(event) => describe(textarea.current, shown[index], event.currentTarget.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

function describe(field: HTMLTextAreaElement | null, picture: PictureInText | undefined, description: string): void {
  if (!field || !picture) return;
  const { address, start, end } = picture;
  editText(field, { start, end, text: describedPicture(address, description), focus: false });
}
