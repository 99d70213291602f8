/** A browser in which somebody is signed in, as they see it themselves. Times are ISO strings in UTC. */
export interface SignedInDevice {
  id: string;
  device: string;
  /** the network that it came from, when it signed in */
  network: string | null;
  createdAt: string;
  lastUsedAt: string;
  /** whether it is the one that asks */
  here: boolean;
}

/** A browser that is not asked for the second factor again. */
export interface Trusted {
  id: string;
  device: string;
  network: string | null;
  createdAt: string;
  expiresAt: string;
}
