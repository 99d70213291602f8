// A program of its own, run by demo-content.ts: fills the empty database of DATABASE_URL.
import { seedDemo } from "#prisma/demo/seed.ts";

try {
  await seedDemo((line: string) => console.log(line));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
