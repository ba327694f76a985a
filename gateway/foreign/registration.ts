import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

/** A merchant's own subgraph as the operator has entered it. */
export type Registration = Readonly<{
  /** What its types begin with, such as `Jinghua`. */
  prefix: string;
  /** Whose items they are. */
  merchantId: string;
  /** Where it is asked. */
  url: URL;
  /** Its contract, as it was when it was registered. It is never asked for it. */
  sdl: string;
  /** `whsec_…`: signs the calls to it. */
  secret: string;
}>;

const registrationSchema = z.strictObject({
  prefix: z.string(),
  merchantId: z.string().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).refine(isPlain, 'an address without user and password'),
  schema: z.string().min(1),
  secret: z.string().optional(),
  secretFile: z.string().optional(),
});

const SECRET = /^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/;

function isPlain(url: string): boolean {
  if (!URL.canParse(url)) return true; // That it is none is said by the check before.
  const { username, password } = new URL(url);
  return username === '' && password === '';
}

/** The same secret with the padding that the library insists on. */
const padded = (secret: string): string =>
  `whsec_${Buffer.from(secret.slice('whsec_'.length), 'base64').toString('base64')}`;

/**
 * Reads the file of `TONGDUI_MERCHANT_SUBGRAPHS`: a list of `prefix`, `merchantId`, `url`, `schema` (a file
 * beside this one) and `secret` or `secretFile`. `merchantIdOf` says which merchant is meant. Throws an
 * Error that names what is wrong, and no secret.
 */
export function readRegistrations(
  file: string,
  merchantIdOf: (given: string) => string | null,
): Registration[] {
  const { data, error } = z.array(registrationSchema).safeParse(parsed(file));
  if (error) {
    const [issue] = error.issues;
    throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const prefixes = data.map(({ prefix }) => prefix.toLowerCase());
  const twice = prefixes.find((prefix, index) => prefixes.indexOf(prefix) !== index);
  if (twice !== undefined) throw new Error(`${file}: two registrations have the prefix ${twice}`);
  return data.map(({ prefix, merchantId: given, url, schema, secret, secretFile }) => {
    const beside = (name: string) => resolve(dirname(file), name);
    const merchantId = merchantIdOf(given);
    if (merchantId === null) throw new Error(`${file}: ${prefix}: there is no merchant ${given}`);
    const key = secret ?? (secretFile === undefined ? '' : text(beside(secretFile)).trim());
    if (!SECRET.test(key)) {
      throw new Error(
        `${file}: ${prefix}: "secret" or "secretFile" must give whsec_ and 24 or more bytes in base64`,
      );
    }
    return {
      prefix,
      merchantId,
      url: new URL(url),
      sdl: text(beside(schema)),
      secret: padded(key),
    };
  });
}

function parsed(file: string): unknown {
  const content = text(file);
  try {
    return JSON.parse(content);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file} cannot be read`);
  }
}
