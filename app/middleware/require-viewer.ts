import { data, type MiddlewareFunction, type RouterContextProvider } from "react-router";
import { factorMissing, isOverdue } from "#app/auth/staff-factor/staff-factor.ts";
import { type Viewer, viewerContext } from "#app/auth/viewer.ts";
import { isAtLeast, type Role } from "#app/users/user.ts";

/** Lets signed-in people through; anyone else gets a 401 page that offers to sign in and come back. */
export const requireViewer: MiddlewareFunction<Response> = ({ context }) => {
  viewerOf(context);
};

/**
 * Lets people of at least that role through. For others the address does not exist: 404. Who lacks the second factor
 * that their work needs gets a 403 page that leads to it.
 */
export function requireRole(role: Role): MiddlewareFunction<Response> {
  return ({ context }) => {
    const viewer = viewerOf(context);
    if (!isAtLeast(viewer.role, role)) throw data(null, { status: 404, statusText: "Not Found" });
    if (isOverdue(viewer.staffFactorDue)) throw factorMissing();
  };
}

/** The viewer of a guarded route. @throws a 401 response where nobody is signed in */
export function viewerOf(context: Readonly<RouterContextProvider>): Viewer {
  const viewer = context.get(viewerContext);
  if (!viewer) throw data(null, { status: 401, statusText: "Unauthorized" });
  return viewer;
}
