export async function createSetupLink(): Promise<string | null> {
  return null;
}
