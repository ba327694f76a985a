import type { Locale, Parameters } from '../../../shared/graphql/wording.ts';
import { sentence } from '../wording.ts';

/** A file, mapping or option with which nothing can be done at all, with what to do about it. */
export class Unusable extends Error {
  readonly code: string;
  readonly parameters: Parameters;

  constructor(code: string, parameters: Parameters = {}) {
    super(sentence(code, 'en', parameters));
    this.code = code;
    this.parameters = parameters;
  }

  /** The sentence in a language. */
  in(locale: Locale): string {
    return sentence(this.code, locale, this.parameters);
  }
}
