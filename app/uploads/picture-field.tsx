import { Field } from "#app/ui/field.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";
import { pictureHint, pictureTypes } from "#app/uploads/upload.ts";
import type { Pictures } from "#app/uploads/use-pictures.ts";

/**
 * Adds pictures to a text. With scripts a chosen picture is sent at once and stands where the cursor is; without,
 * it goes along with the form.
 */
export function PictureField({
  id,
  pictures,
  errors,
}: {
  id: string;
  pictures: Pictures;
  errors: string[] | undefined;
}) {
  const hydrated = useHydrated();
  const failed = pictures.sent.filter(({ error }) => error);
  const underWay = pictures.sent.filter(({ error }) => !error);
  const problems = failed.map(({ name, error }) => (failed.length > 1 ? `${name}: ${error}` : (error ?? "")));
  return (
    <div className="picture-field">
      <Field
        id={id}
        name="image"
        type="file"
        multiple={hydrated}
        accept={pictureTypes}
        label={hydrated ? "Add pictures" : "Add a picture"}
        hint={
          hydrated
            ? `${pictureHint} You can also paste them into the text, or drop them on it.`
            : `${pictureHint} Press Preview afterwards: it then stands at the end of your text.`
        }
        onChange={({ currentTarget: input }) => {
          const files = [...(input.files ?? [])];
          // From here on they are on their way by themselves, and must not go along with the form again.
          input.value = "";
          pictures.add(files);
        }}
        errors={problems.length > 0 ? problems : errors}
      />
      {underWay.length > 0 && (
        <ul className="picture-progress">
          {underWay.map(({ id: key, name, fraction }) => (
            <li key={key}>
              <span>{name}</span>
              <progress value={fraction} max={1} aria-label={`Sending ${name}`} />
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" role="status">
        {failed.length > 0 && problems.join(" ")}
        {underWay.length > 0 && `Sending ${underWay.length === 1 ? "the picture" : `${underWay.length} pictures`} …`}
        {pictures.sent.length === 0 &&
          pictures.arrived > 0 &&
          "The picture stands in your text. Say below what it shows."}
      </p>
    </div>
  );
}
