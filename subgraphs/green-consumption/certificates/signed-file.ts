import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type Day, isoDay, parseIsoDay } from '../../../shared/calendar.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { CertificationPlatform, PlatformCertificate } from './domain/platform.ts';

const day = z.iso.date().transform(parseIsoDay);

/** What the file holds. */
const list = z.strictObject({
  platform: z.string().min(1),
  asOf: day,
  certificates: z.array(
    z.strictObject({
      number: z.string().min(1),
      label: z.enum(['GREEN_PRODUCT', 'GREEN_FOOD', 'ORGANIC', 'ENERGY', 'WATER', 'LOW_CARBON']),
      body: z.string().min(1),
      validFrom: day,
      validUntil: day,
      revokedFrom: day.nullable().default(null),
    }),
  ),
});

export type SignedFile = Readonly<{
  /** A JSON file; its signature, in base64, is in the file of the same name with `.sig` behind it. */
  file: string;
  /** Ed25519, as base64 of the DER form (SPKI). */
  publicKey: string;
}>;

type Listed = Readonly<{
  asOf: Day;
  certificates: ReadonlyMap<string, PlatformCertificate>;
}>;

/**
 * The certification platform as a file that it signed, read again when it has changed, and never an older one than before:
 * what was revoked meanwhile would be good again. Throws an Error that says what is wrong when the file at the start cannot
 * be trusted; a later lookup is then refused, and logged.
 */
export function signedFilePlatform(
  { file, publicKey }: SignedFile,
  logger: Logger,
): CertificationPlatform {
  const key = keyOf(publicKey);
  let seen = { stamp: stampOf(file), ...certificatesIn(file, key) };
  const now = () => {
    try {
      const stamp = stampOf(file);
      if (stamp === seen.stamp) return seen;
      const listed = certificatesIn(file, key);
      if (listed.asOf < seen.asOf) {
        throw new Error(
          `${file} is of ${isoDay(listed.asOf)}, and one of ${isoDay(seen.asOf)} was read.`,
        );
      }
      seen = { stamp, ...listed };
      return seen;
    } catch (error) {
      logger.error({ error }, 'the list of certificates cannot be trusted');
      throw fault('SUBGRAPH_UNAVAILABLE', 'CERTIFICATE_LIST_NOT_USABLE');
    }
  };
  return {
    lookUp: async (number) => now().certificates.get(number) ?? null,
    stamp: async () => now().stamp,
  };
}

function keyOf(publicKey: string): KeyObject {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without the driver's words.
  }
  throw new Error(
    'TONGDUI_CERTIFICATE_LIST_KEY is no Ed25519 public key: base64 of its DER form (SPKI).',
  );
}

/** Changes with the file and with its signature. */
const stampOf = (file: string): string =>
  [file, `${file}.sig`]
    .map((name) => {
      const { mtimeMs, size, ino } = statSync(name);
      return `${mtimeMs}/${size}/${ino}`;
    })
    .join(' ');

function certificatesIn(file: string, key: KeyObject): Listed {
  const bytes = readFileSync(file);
  const signature = Buffer.from(readFileSync(`${file}.sig`, 'utf8').trim(), 'base64');
  if (!verify(null, bytes, key, signature)) {
    throw new Error(
      `${file} is not what was signed in ${file}.sig: it was changed, or signed by another key.`,
    );
  }
  const { platform, asOf, certificates } = list.parse(JSON.parse(bytes.toString('utf8')));
  return {
    asOf,
    certificates: new Map(certificates.map((one) => [one.number, { ...one, platform, asOf }])),
  };
}
