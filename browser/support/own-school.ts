import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of its own on a copy of the demo school, for a journey that changes something. */
export type OwnSchool = { address: string; close: () => Promise<void> };

/** More keys of the command, for the address the school will have. */
type MoreKeys = (address: string, folder: string) => Promise<string[]>;

/** Starts the program on a fresh copy of the demo school, or on an empty folder. */
export async function openOwnSchool(kind: 'demo' | 'empty', moreKeys?: MoreKeys): Promise<OwnSchool> {
  const folder = await mkdtemp(join(tmpdir(), 'nastavnik-own-'));
  const data = join(folder, 'data');
  if (kind === 'demo') {
    await cp(named('NASTAVNIK_PRISTINE'), data, { recursive: true });
  }
  const address = `http://127.0.0.1:${await freePort()}`;
  const more = moreKeys ? await moreKeys(address, folder) : [];
  const keys = ['serve', '--data', data, '--listen', new URL(address).host, ...more];
  const server = spawn(named('NASTAVNIK_PROGRAM'), keys, { stdio: 'ignore' });
  try {
    await ready(server, address);
  } catch (error) {
    await stop(server);
    throw error;
  }
  return {
    address,
    close: async () => {
      await stop(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function named(variable: string): string {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set: scripts/with-server sets it`);
  }
  return value;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function ready(server: ChildProcess, address: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`${address}/health/ready`).catch(() => null);
    if (answer?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The journey's own server did not start on ${address}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) {
    return;
  }
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
}
