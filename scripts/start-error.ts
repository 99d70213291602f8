/**
 * Why a command cannot go on, told to the person who ran it. The message is one clear line that
 * names what is wrong and, where there is one, the way out; no stack is shown with it.
 */
export class StartError extends Error {
  override name = "StartError";
}

/** The code of a system error (`ENOENT`, `EACCES` …), or undefined when it is something else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A StartError for a folder that cannot be made or written, whatever the system's reason. */
export function folderError(folder: string, error: unknown): StartError {
  const reason: Record<string, string> = {
    EACCES: `${folder} cannot be written by this user. Give it to this user, or set DATA_DIR.`,
    EPERM: `${folder} cannot be written by this user. Give it to this user, or set DATA_DIR.`,
    EROFS: `${folder} is on a read-only disk. Set DATA_DIR to a folder that can be written.`,
    ENOSPC: `The disk is full: nothing can be written to ${folder}. Free some space, then start again.`,
    EDQUOT: `The disk quota is used up: nothing can be written to ${folder}. Free some space, then start again.`,
    EEXIST: `${folder} should be a folder, but a file of that name is in the way. Move it, then start again.`,
    ENOTDIR: `${folder} should be a folder, but a file is in its path. Move it, then start again.`,
  };
  const known = reason[systemErrorCode(error) ?? ""];
  return new StartError(known ?? `${folder} cannot be used: ${messageOf(error)}`, { cause: error });
}

/** The message of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replaceAll(/\s*\n\s*/g, " ");
}
