import { expect } from 'chai';
import { hideSecrets } from '../../../config/hideSecrets.ts';
import { configSchema } from '../../../config/schema.ts';

describe('hideSecrets', () => {
  const secret = 'a-secret-of-more-than-thirty-two-characters';
  const config = configSchema.parse({
    auth: { apiKeys: { shop: secret } },
    media: { iceServers: [{ urls: 'turn:turn.example', username: 'u', credential: secret }] },
  });

  it('keeps names and hides secrets', () => {
    const shown = hideSecrets(config);
    expect(JSON.stringify(shown)).to.not.include(secret);
    expect(shown).to.have.nested.property('auth.apiKeys.shop', '(hidden)');
    expect(shown).to.have.nested.property('media.iceServers[0]', '(hidden)');
  });

  it('leaves the rest as it is, and the configuration untouched', () => {
    expect(hideSecrets(config)).to.deep.include({ http: config.http, rooms: config.rooms, log: config.log });
    expect(config.auth.apiKeys.shop).to.equal(secret);
  });
});
