/** Brings the databases of all subgraphs to the newest form, and says what was done: `npm run migrate`. */
import { ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { catalog } from './catalog.ts';

try {
  const { TONGDUI_DATABASE_URL: url } = ownConfig();
  for (const { name, entities, migrations } of catalog) {
    const database = await Database.open({
      address: addressUnder(url, name),
      entities,
      migrations,
    });
    const [row] = await database.reader.query<{ n: unknown }[]>(
      'SELECT COUNT(*) AS n FROM frame_migration',
    );
    console.log(`${name}: ${row?.n} migrations, up to date`);
    await database.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
