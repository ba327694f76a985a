import type { Frame } from '../../../shared/graphql/context.ts';
import type { CertificationPlatform } from './domain/platform.ts';
import { signedFilePlatform } from './signed-file.ts';

/** What lives as long as the process. */
export type Services = Readonly<{
  /** Where certificates are looked up. Null: nowhere, operators look themselves. */
  platform: CertificationPlatform | null;
}>;

export const createServices = ({ keys, logger }: Frame): Services => ({
  platform: keys.certificates === undefined ? null : signedFilePlatform(keys.certificates, logger),
});
