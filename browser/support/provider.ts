import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('provider.mjs', import.meta.url));

/** A running provider and the keys by which a school is told of it. */
export type ProviderProcess = { issuer: string; keys: string[]; close: () => void };

/** Starts a provider for a school at an address; the file of the secret goes into the folder. */
export async function openProvider(name: string, address: string, folder: string): Promise<ProviderProcess> {
  const [client, secret] = ['nastavnik', 'a:b%c+d=e'];
  const process = spawn('node', [SCRIPT, client, secret, `${address}/sign-in/provider/return`], {
    // It ends with its standard input, so it outlives no journey.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [issuer] = (await once(createInterface(process.stdout), 'line')) as [string];
  const file = join(folder, 'provider.secret');
  await writeFile(file, secret);
  return {
    issuer,
    keys: [
      ...['--oidc-issuer', issuer, '--oidc-client', client, '--oidc-secret', file],
      ...['--oidc-address', address, '--oidc-name', name],
    ],
    close: () => process.stdin.end(),
  };
}
