import type { Removal } from "#app/moderation/removal.ts";
import { Link } from "#app/ui/link.tsx";

/** Why something was removed, and for its author the way to an answer. */
export function RemovalReason({ removal: { rule, reason }, own }: { removal: Removal; own: boolean }) {
  return (
    <p>
      {rule && (
        <>
          Rule: <bdi>{rule}</bdi>.{" "}
        </>
      )}
      Reason: <bdi>{reason}</bdi>{" "}
      {own && (
        <Link className="text-link" to="/settings/decisions">
          See the decision
        </Link>
      )}
    </p>
  );
}
