import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { forbidServiceStarts, parseAptStatus, toSourceLines, toSourceStanzas } from '../../../../scripts/setup/apt.mjs';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('the private list of source packages', () => {
  it('turns one-line entries into source entries and leaves comments and source entries out', () => {
    const list = [
      '# deb http://mirror.example/debian old main',
      'deb [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian stable main',
      'deb-src http://mirror.example/debian stable main',
      '',
    ].join('\n');
    expect(toSourceLines(list)).to.equal(
      'deb-src [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian stable main\n',
    );
  });

  it('turns stanzas into source stanzas and keeps their other fields', () => {
    const stanza = 'Types: deb\nURIs: http://mirror.example/debian\nSuites: stable\nComponents: main';
    expect(toSourceStanzas(`${stanza}\n`)).to.equal(`${stanza.replace('Types: deb', 'Types: deb-src')}\n`);
  });

  it('leaves out stanzas that are switched off or have source packages only', () => {
    const off = 'Types: deb\nEnabled: no\nURIs: http://mirror.example/off';
    const sourceOnly = 'Types: deb-src\nURIs: http://mirror.example/src';
    const both = 'Types: deb deb-src\nURIs: http://mirror.example/both';
    const converted = toSourceStanzas([off, sourceOnly, both].join('\n\n'));
    expect(converted).to.equal('Types: deb-src\nURIs: http://mirror.example/both\n');
  });
});

describe("apt's status stream", () => {
  it('tells how far a download is', () => {
    const status = parseAptStatus('dlstatus:3:37.5:Retrieving file 3 of 8 (12s remaining)');
    expect(status).to.deep.equal({ text: 'downloading packages', fraction: 0.375 });
  });

  it('tells which package is installed', () => {
    const status = parseAptStatus('pmstatus:chromium:62:Unpacking chromium (amd64)');
    expect(status).to.deep.equal({ text: 'installing chromium', fraction: 0.62 });
  });

  it('is not found in other lines', () => {
    expect(parseAptStatus('Setting up chromium ...')).to.equal(null);
  });
});

describe('the policy that keeps services from starting', () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, 'policy-rc.d');

  it('forbids every start while packages are installed, and is gone after', () => {
    const allow = forbidServiceStarts(file());
    expect(spawnSync(file(), ['coturn', 'start']).status).to.equal(101);
    allow();
    expect(existsSync(file())).to.equal(false);
  });

  it('leaves a policy alone that the machine has already', () => {
    writeFileSync(file(), 'its own');
    forbidServiceStarts(file())();
    expect(readFileSync(file(), 'utf8')).to.equal('its own');
  });
});
