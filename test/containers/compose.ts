import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = join(import.meta.dirname, '../..');

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');

type Variables = Readonly<Record<string, string>>;

/** `docker-compose.yml` as Compose reads it when these variables are set: merged, and filled in. */
export function composeFile(variables: Variables = {}): unknown {
  const fill = (_: unknown, value: unknown) =>
    typeof value === 'string' ? fillIn(value, variables) : value;
  return parse(text, fill, { merge: true });
}

/** `${A:-b}` is `b` when A is missing or empty, `${A-b}` only when it is missing. */
function fillIn(value: string, variables: Variables): string {
  return value.replace(/\$\{(\w+)(:?-)([^}]*)\}/g, (_, name: string, operator, instead: string) => {
    const given = variables[name];
    const isMissing = operator === ':-' ? !given : given === undefined;
    return isMissing ? instead : String(given);
  });
}

const dependency = z.object({ condition: z.string() });

const noNames: string[] = [];

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.literal('.'), target: z.string() }).optional(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  /** The networks that it is in, with the names that it has on each alone. */
  networks: z.union([
    z
      .array(z.string())
      .transform((names) => Object.fromEntries(names.map((one) => [one, noNames]))),
    z.record(z.string(), z.object({ aliases: z.array(z.string()).default(noNames) })),
  ]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  user: z.string().optional(),
  init: z.boolean().default(false),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  restart: z.string(),
  stop_grace_period: z.string(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), dependency).default({}),
});

export type Service = z.infer<typeof service>;

const file = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
});

/** The services by name, and the networks, as far as a test looks at them. */
export const composed = (variables: Variables = {}) => file.parse(composeFile(variables));

/** One service. Throws when there is none of that name. */
export function serviceOf(name: string, variables: Variables = {}): Service {
  const { [name]: found } = composed(variables).services;
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** The names of all variables that the file can be given. */
export const variablesOfFile = (): string[] => [
  ...new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => String(name))),
];
