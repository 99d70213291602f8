import fc from "fast-check";
import { expect, test } from "vitest";
import { canSpare, type WaysIn } from "#app/auth/ways-in.server.ts";

const none: WaysIn = { passwords: 0, passkeys: 0, providers: 0, provedAddresses: 0 };

test("the last way in cannot be spared, whichever it is", () => {
  for (const kind of ["passwords", "passkeys", "providers", "provedAddresses"] as const) {
    expect(canSpare({ ...none, [kind]: 1 }, kind)).toBe(false);
    expect(canSpare({ ...none, [kind]: 2 }, kind)).toBe(true);
  }
});

test("whoever has another one can spare one", () => {
  const few = fc.nat({ max: 3 });
  const ways = fc.record({ passwords: few, passkeys: few, providers: few, provedAddresses: few });
  fc.assert(
    fc.property(ways, (all) => {
      fc.pre(all.passkeys > 0);
      const total = Object.values(all).reduce((sum, count) => sum + count, 0);
      expect(canSpare(all, "passkeys")).toBe(total > 1);
    }),
  );
});
