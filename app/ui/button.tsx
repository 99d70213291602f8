import type { ComponentProps } from "react";
import { useNavigation } from "react-router";

type Kind = "primary" | "plain" | "danger" | "quiet";

/** A button that submits its form; while that runs it says so and takes no second press. */
export function SubmitButton({
  kind = "primary",
  busyText,
  children,
  ...rest
}: ComponentProps<"button"> & { kind?: Kind; busyText?: string }) {
  const navigation = useNavigation();
  const action = rest.formAction;
  const busy =
    navigation.state !== "idle" && navigation.formMethod === "POST" && (!action || navigation.formAction === action);
  return (
    <button
      type="submit"
      className={`button ${kind}`}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : undefined}
      {...rest}
    >
      {busy && busyText ? busyText : children}
    </button>
  );
}

/** The same look for a link. */
export function buttonClass(kind: Kind = "primary"): string {
  return `button ${kind}`;
}
