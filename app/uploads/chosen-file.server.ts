/**
 * Takes a file field out of a form, so that what is left are texts. Null where no file was chosen: browsers then
 * send an empty one without a name.
 */
export async function takeFile(form: FormData, field: string): Promise<Buffer | null> {
  const given = form.getAll(field);
  form.delete(field);
  const file = given.find((value) => value instanceof File && !(value.name === "" && value.size === 0));
  return file instanceof File ? Buffer.from(await file.arrayBuffer()) : null;
}
