// A provider of OpenID Connect for tests: the certified `oidc-provider`, with one client and anybody's login.
//
// usage: node provider.mjs CLIENT SECRET RETURN-ADDRESS [CERTIFICATE KEY]
//
// It takes a free port of the loopback, under the name `localhost`: to a browser another site than 127.0.0.1. Its address
// is the only line on standard output, said once it answers. It ends when its standard input does: nobody leaves it
// behind. With a certificate and its key, both PEM files, it speaks HTTPS.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

const FORM = `<!doctype html><html lang="ru"><title>Вход</title><form method="post">
  <label>Имя <input name="login"></label> <label>Пароль <input name="password" type="password"></label>
  <button>Подтвердить</button></form></html>`;

const [client, secret, returnAddress, certificate, key] = process.argv.slice(2);
const server =
  certificate && key
    ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) })
    : createServer();

server.listen(0, '127.0.0.1', () => {
  const issuer = `${certificate ? 'https' : 'http'}://localhost:${server.address().port}`;
  const provider = providerOf(issuer);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/interaction/')) {
      void interact(provider, request, response);
    } else {
      answer(request, response);
    }
  });
  console.log(issuer);
});
/** The page on which somebody says who they are, or turns back; the provider's own one asks for fonts of the internet. */
async function interact(provider, request, response) {
  if (request.url.endsWith('/abort')) {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
  } else if (request.method === 'POST') {
    const fields = new URLSearchParams(await text(request));
    await provider.interactionFinished(request, response, { login: { accountId: fields.get('login') } });
  } else {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(FORM);
  }
}

process.stdin.on('end', () => process.exit(0)).resume();

function providerOf(issuer) {
  return new Provider(issuer, {
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: [returnAddress],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['of a test'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Whether somebody lets the program know who they are is asked once, at the school's provider by its administrator.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
}
