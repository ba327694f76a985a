import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router, static as serveFolder } from 'express';
import { serveStatic } from 'ruru/static';
import { type DevelopmentToken, isLoopback } from './development-identities.ts';

export type ExplorerOptions = Readonly<{
  /** The variables of the saved operations, by the name of their file without `.graphql`. */
  variables?: Readonly<Record<string, object>>;
  /** The identities to choose from, with fresh tokens. */
  tokens?: () => Promise<readonly DevelopmentToken[]>;
}>;

/** An operation that the explorer offers. Its first comment lines say what it is, and as whom to ask. */
type SavedOperation = Readonly<{
  name: string;
  title: Readonly<{ zh: string; en: string }>;
  /** The role whose identity fits, or null for any. */
  role: string | null;
  query: string;
  variables: string;
}>;

const pages = join(import.meta.dirname, 'pages');

/**
 * Nothing from elsewhere, and no script but our own files. The editor sets styles by script, which is
 * why those are let through.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page on which to try the graph: GraphiQL with the saved operations and a choice of identity. */
export function explorerPages({ variables = {}, tokens }: ExplorerOptions): Router {
  const operations = readOperations(variables);
  const router = Router();
  router.use(['/explorer', '/ruru'], (_, response, next) => {
    response.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache' });
    next();
  });
  router.get('/', (_, response) => response.redirect('/explorer/'));
  router.get('/explorer/session.json', async (request, response) => {
    // A page from elsewhere that has its name point here must not get the tokens.
    if (!isLoopback(request.headers.host ?? '')) {
      response.status(403).json({ error: 'Development identities are only for this machine.' });
      return;
    }
    const identities = (await tokens?.()) ?? [];
    response.set('Cache-Control', 'no-store').json({
      operations,
      identities: identities.map(({ name, caller: { subject, roles }, token }) => ({
        name,
        subject,
        roles,
        token,
      })),
    });
  });
  router.use('/explorer', serveFolder(join(pages, 'explorer')));
  router.use(serveStatic('/ruru/'));
  return router;
}

/** Reads the saved operations in the order of their numbers. */
function readOperations(variables: Readonly<Record<string, object>>): SavedOperation[] {
  const folder = join(pages, 'operations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((file) => {
      const query = readFileSync(join(folder, file), 'utf8');
      const name = file.slice(0, -'.graphql'.length);
      const [, sign = '', zh = name, en = name] = /^# (\S+) (.+?) · (.+)$/m.exec(query) ?? [];
      const [, role = null] = /^# As: (\w+)/m.exec(query) ?? [];
      const given = variables[name];
      const text = given === undefined ? '' : JSON.stringify(given, null, 2);
      return {
        name,
        title: { zh: `${sign} ${zh}`, en: `${sign} ${en}` },
        role,
        query,
        variables: text,
      };
    });
}
