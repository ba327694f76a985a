const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether a text is the code of a currency (ISO 4217, past ones too). No unit of points is called so. */
export const isCurrency = (code: string): boolean => currencies.has(code);
