import { assert } from '../../../shared/assert.ts';
import { dayOf, isoDay } from '../../../shared/calendar.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { isValidOn } from '../domain/assess.ts';
import { greenCertificates } from '../lists.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../schema.generated.ts';
import { askAndExtend, askAndRegister } from './around-commands.ts';
import { revokeGreenCertificate } from './commands/revoke-green-certificate.ts';
import { certificateStatus } from './queries/certificate-status.ts';

export const certificateQueries: QueryResolvers = {
  greenCertificate: (_, { number }, { loaders }) => loaders.certificateByNumber.load(number),
  greenCertificates: (_, args, { database, keys }) =>
    readPage(greenCertificates, { reader: database.reader, cursorKey: keys.cursor, args }),
  certificateStatus: (_, { number }, context) => certificateStatus(context, number),
};

export const certificateMutations: MutationResolvers = {
  registerGreenCertificate: (_, { input }, context) => askAndRegister(context, input),
  extendGreenCertificate: (_, { input }, context) => askAndExtend(context, input),
  revokeGreenCertificate: (_, { input }, { run }) => run(revokeGreenCertificate, input),
};

export const certificateTypes = {
  GreenCertificate: {
    __resolveReference: ({ id }, { loaders }) => loaders.certificateById.load(id),
    merchant: ({ merchantId }) => ({ id: merchantId }),
    validFrom: ({ validFrom }) => isoDay(validFrom),
    validUntil: ({ validUntil }) => isoDay(validUntil),
    isValid: (certificate, _, { clock }) => isValidOn(certificate, dayOf(clock.now())),
    revokedFrom: ({ revokedFrom }) => (revokedFrom === null ? null : isoDay(revokedFrom)),
    revocationReason: ({ revokedReason }) => revokedReason,
  },

  CertificateStatus: { isValid: ({ reason }) => reason === null },

  PlatformCertificate: {
    validFrom: ({ validFrom }) => isoDay(validFrom),
    validUntil: ({ validUntil }) => isoDay(validUntil),
    revokedFrom: ({ revokedFrom }) => (revokedFrom === null ? null : isoDay(revokedFrom)),
    asOf: ({ asOf }) => isoDay(asOf),
  },

  GreenCertificateRegistered: {
    certificate: ({ certificateId }, _, context) => certificateOf(context, certificateId),
  },
  GreenCertificateExtended: {
    certificate: ({ certificateId }, _, context) => certificateOf(context, certificateId),
  },
  GreenCertificateRevoked: {
    certificate: ({ certificateId }, _, context) => certificateOf(context, certificateId),
  },
} satisfies Resolvers;

async function certificateOf({ loaders }: Context, id: string) {
  const certificate = await loaders.certificateById.load(id);
  assert(certificate !== null, 'a certificate stays in the table');
  return certificate;
}
