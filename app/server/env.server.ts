import { BlockList, isIP } from "node:net";
import { z } from "zod";
import {
  findProviderProblems,
  type ProviderSettings,
  providerSettings,
  providersOf,
} from "#app/server/provider-settings.server.ts";

/** The settings do not allow a start; `lines` says why, one line each, in words for an operator. */
export class SettingsError extends Error {
  lines: string[];
  constructor(lines: string[]) {
    super(lines.join("\n"));
    this.name = "SettingsError";
    this.lines = lines;
  }
}

const commands = ["start", "demo", "dev", "test"] as const;

/**
 * Every setting, as .env.example lists them (a test compares the two).
 * The texts are what an operator reads after the setting's name.
 */
export const settingsSchema = z.object({
  STOA_COMMAND: z.enum(commands, "is set by the npm command, not by hand").default("start"),
  PORT: z.coerce.number("must be a number").int().min(1).max(65535, "must be between 1 and 65535").default(3000),
  HOST: z.string().min(1, "must not be empty").default("0.0.0.0"),
  SITE_URL: z
    .url({ protocol: /^https?$/, error: "must be a full address such as https://stoa.example.org" })
    .refine((url) => URL.canParse(url) && new URL(url).pathname === "/", "must have no path")
    .optional(),
  SITE_NAME: z.string().trim().min(1, "must not be empty").max(40, "must have at most 40 characters").default("Stoa"),
  DATA_DIR: z.string().min(1, "must not be empty").default(".data"),
  DATABASE_URL: z.string("is missing").regex(/^postgres(ql)?:\/\//, "must start with postgres://"),
  AUTH_SECRET: z
    .string("is missing: set it to at least 32 random characters, for example from `openssl rand -base64 36`")
    .min(32, "is too short: it needs at least 32 random characters")
    .refine(
      (secret) => new Set(secret).size >= 12,
      "is too weak: use random characters, for example from `openssl rand -base64 36`",
    ),
  AUTH_SECRET_FORMER: z.string().default("").transform(listOf),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional(),
  MAIL_FROM: z.string().min(3).optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform(listOf)
    .refine((list) => list.every(isAddressRange), "must be a comma-separated list of addresses or CIDR ranges"),
  STORAGE_URL: z
    .string()
    .regex(/^file:/, "must be a file: address")
    .optional(),
  ...providerSettings,
  OFFLINE_READING: z.enum(["on", "off"], "must be on or off").default("on"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], "must be fatal, error, warn, info, debug or silent")
    .default("info"),
});

export interface Settings {
  command: (typeof commands)[number];
  port: number;
  host: string;
  /** origin without a slash at the end; links in mails start with it */
  siteUrl: string;
  /** whether SITE_URL was given; if not, the address that the browser used is taken as the site's */
  siteUrlGiven: boolean;
  /** cookies are Secure and prefixed with __Host- */
  https: boolean;
  siteName: string;
  dataDir: string;
  databaseUrl: string;
  authSecret: string;
  /** what it was before; the registers' seals of that time are still known by them */
  formerSecrets: string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  trustedProxies: BlockList;
  storageUrl: string | undefined;
  /** the other sites by which people may come in */
  providers: ProviderSettings;
  /** members' browsers keep what they read for when there is no connection */
  offlineReading: boolean;
  logLevel: string;
}

/** Parses the environment once. @throws SettingsError with one line for each wrong or missing setting */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const firstOfEach = new Map(parsed.error.issues.toReversed().map((issue) => [issue.path.join("."), issue.message]));
    throw new SettingsError([...firstOfEach].map(([name, message]) => `${name} ${message}`));
  }
  const { data } = parsed;
  const problems = findProviderProblems(data);
  if (problems.length > 0) throw new SettingsError(problems);
  const siteUrl = (data.SITE_URL ?? `http://localhost:${data.PORT}`).replace(/\/$/, "");
  const host = new URL(siteUrl).hostname;
  return {
    command: data.STOA_COMMAND,
    port: data.PORT,
    host: data.HOST,
    siteUrl,
    siteUrlGiven: data.SITE_URL !== undefined,
    https: siteUrl.startsWith("https:"),
    siteName: data.SITE_NAME,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    authSecret: data.AUTH_SECRET,
    formerSecrets: data.AUTH_SECRET_FORMER,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM ?? `${data.SITE_NAME} <no-reply@${host}>`,
    trustedProxies: blockListOf(data.TRUSTED_PROXIES),
    storageUrl: data.STORAGE_URL,
    providers: providersOf(data),
    offlineReading: data.OFFLINE_READING === "on",
    logLevel: data.LOG_LEVEL,
  };
}

let cached: Settings | undefined;

/** The settings of this process. */
export function settings(): Settings {
  cached ??= readSettings(process.env);
  return cached;
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

function isAddressRange(text: string): boolean {
  const [address = "", bits] = text.split("/");
  const version = isIP(address);
  return version !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

function blockListOf(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
