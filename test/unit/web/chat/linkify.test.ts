import { expect } from 'chai';
import fc from 'fast-check';
import { linkify } from '../../../../web/src/chat/linkify.ts';

const linksIn = (text: string) => linkify(text).flatMap(({ text: shown, href }) => (href === undefined ? [] : [shown]));

describe('links in a message', () => {
  const cases: [says: string, text: string, links: string[]][] = [
    ['are addresses of the web', 'see https://tea.example/a?b=c#d', ['https://tea.example/a?b=c#d']],
    ['may be several', 'http://a.example, https://b.example', ['http://a.example', 'https://b.example']],
    ['may have a port', 'http://localhost:4480/room', ['http://localhost:4480/room']],
    ['end before the end of the sentence', 'Is it https://tea.example/leaf?!', ['https://tea.example/leaf']],
    ['end before a bracket around them', '(https://tea.example/leaf).', ['https://tea.example/leaf']],
    ['keep brackets of their own', 'https://tea.example/leaf_(green)', ['https://tea.example/leaf_(green)']],
    ['end where Chinese goes on', '看https://tea.example/leaf，很好', ['https://tea.example/leaf']],
    ['end before a Chinese word without a space', 'https://tea.example/a龙井', ['https://tea.example/a']],
    ['are no scripts', 'javascript:alert(1) data:text/html,x', []],
    ['are no files and no mail', 'file:///etc/passwd mailto:a@tea.example ftp://tea.example', []],
    ['are none with a name before the host', 'https://bank.example@evil.example/', []],
    ['are none with a name and a password', 'https://a:b@evil.example/', []],
    ['are none where the host is written in code', 'https://%65vil.example/', []],
    ['are none where the host is a number in disguise', 'https://0x7f000001/ https://2130706433/', []],
    ['are none without a host', 'https:///a http://', []],
    ['are none with letters that only look Latin', 'https://p\u0430ypal.example', []],
    ['do not begin within a word', 'xhttps://tea.example', []],
    ['end before a mark that turns the writing around', 'https://tea.example/\u202Egpj.exe', ['https://tea.example/']],
  ];
  for (const [says, text, links] of cases) {
    it(says, () => {
      expect(linksIn(text)).to.deep.equal(links);
    });
  }

  it('lead to what is shown', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        for (const { text, href } of linkify(`a ${address} b`)) {
          if (href !== undefined) expect(new URL(text).href).to.equal(href);
        }
      }),
    );
  });

  it('leave nothing out and add nothing, whatever the text', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl(),
      fc.constantFrom('https://', 'http://a', '(', ')', '。', '\u202E', ' ', '<b>'),
    );
    fc.assert(
      fc.property(fc.array(pieces), (all) => {
        const text = all.join('');
        const parts = linkify(text);
        expect(parts.map((part) => part.text).join('')).to.equal(text);
        for (const { href } of parts) if (href !== undefined) expect(href).to.match(/^https?:\/\//);
      }),
    );
  });
});
