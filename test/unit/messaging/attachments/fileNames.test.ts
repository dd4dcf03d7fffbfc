import { expect } from 'chai';
import { cleanFileName, savedFileName } from '../../../../server/messaging/attachments/fileNames.ts';

describe('the name of a file', () => {
  for (const [given, clean] of [
    ['白毫银针.jpg', '白毫银针.jpg'],
    ['price list 2026.pdf', 'price list 2026.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\tea\\cup.png', 'C__tea_cup.png'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\r\nb\0c.txt', 'abc.txt'],
    ['zero\u200Bwidth.txt', 'zerowidth.txt'],
    ['half \ud83c', 'half \ufffd'],
    ['"; filename=x', '_; filename=x'],
    [' .hidden. ', 'hidden'],
    ['...', 'file'],
    ['\u202E', 'file'],
  ] as const) {
    it(`is ${JSON.stringify(clean)} where ${JSON.stringify(given)} was given`, () => {
      expect(cleanFileName(given)).to.equal(clean);
    });
  }

  for (const [name, type, saved] of [
    ['cup.JPEG', 'image/jpeg', 'cup.JPEG'],
    ['cup.png', 'image/jpeg', 'cup.png.jpg'],
    ['cup', 'image/webp', 'cup.webp'],
    ['pdf', 'application/pdf', 'pdf.pdf'],
    ['setup.exe', 'image/png', 'setup.exe.png'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['prices.csv', 'text/plain', 'prices.csv'],
    ['run.bat', 'text/plain', 'run.bat.txt'],
    ['voice.mp4', 'audio/mp4', 'voice.mp4'],
  ] as const) {
    it(`is saved as ${saved} where ${name} is ${type}`, () => {
      expect(savedFileName(name, type)).to.equal(saved);
    });
  }
});
