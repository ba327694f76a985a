import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { CHECKS } from './domain/findings-of.ts';

const checkById = new Map(CHECKS.map((check) => [check.id, check]));

export const complianceTypes: Pick<Resolvers, 'LawFinding' | 'NotLawful'> = {
  LawFinding: {
    message: ({ check, parameters }, _, { locale }) => sentence(check, locale, parameters),
    source: ({ check }, _, { locale }) => {
      const source = checkById.get(check)?.source ?? null;
      return source === null ? null : sentence(source, locale, {});
    },
    alternative: ({ check, parameters }, _, { locale }) =>
      sentence(`${check}_ALTERNATIVE`, locale, parameters),
  },
  NotLawful: {
    findings: ({ findings }) => [...findings],
  },
};
