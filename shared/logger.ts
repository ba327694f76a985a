import { pino } from 'pino';

export type Logger = pino.Logger;

/** JSON lines on standard error. Personal data and secrets are cut out by name, whoever logs them. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'phone',
          'name',
          'displayName',
          'authorization',
          'token',
          'password',
          'parameters',
        ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[hidden]',
      },
      serializers: { error: describeError },
    },
    pino.destination({ dest: 2, sync: true }),
  );

/** Kind, message, cause and place of an error, without what a database driver attaches (SQL, parameters). */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'not an Error' };
  const code = (error as { code?: unknown }).code;
  const isDatabase = 'driverError' in error || 'sql' in error || 'query' in error;
  return {
    type: error.name,
    code: typeof code === 'string' ? code : undefined,
    message: isDatabase ? 'a database error; see the code' : error.message,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
    stack: isDatabase ? error.stack?.split('\n').slice(1, 8).join('\n') : error.stack,
  };
}
