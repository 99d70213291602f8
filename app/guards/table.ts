import { comingIn } from "#app/guards/coming-in.ts";
import { forMachines } from "#app/guards/for-machines.ts";
import { keepingThePlace } from "#app/guards/keeping-the-place.ts";
import { ownThings } from "#app/guards/own-things.ts";
import { reading } from "#app/guards/reading.ts";
import type { Row } from "#app/guards/row.ts";
import { writing } from "#app/guards/writing.ts";

/** Every address of the site by its pattern in app/routes.ts. */
export const table: Record<string, Row> = {
  ...reading,
  ...writing,
  ...comingIn,
  ...ownThings,
  ...keepingThePlace,
  ...forMachines,
};
