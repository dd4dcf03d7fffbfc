import { expect } from 'chai';
import { ElementAttachments } from '../../../../client-sdk/src/tracks/ElementAttachments.ts';
import { fakeElement, useBrowser } from '../fakes/browser.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';

describe('ElementAttachments', () => {
  useBrowser();

  function make(kind: 'audio' | 'video', silent = false) {
    const changes: number[] = [];
    const blocked: number[] = [];
    const track = fakeTrack(kind);
    const attachments = new ElementAttachments(kind, track, {
      silent,
      hooks: { changed: () => void changes.push(1), playbackBlocked: () => void blocked.push(1) },
    });
    return { attachments, track, changes, blocked };
  }
  const tracksIn = (element: { srcObject: unknown }) => (element.srcObject as MediaStream).getTracks();

  it('plays video inside the page and without its sound, so that no click is needed', () => {
    const { attachments, track } = make('video');
    const element = fakeElement();
    attachments.add(element);
    expect(element).to.include({ autoplay: true, muted: true });
    expect(element.attributes.has('playsinline')).to.equal(true);
    expect(tracksIn(element)).to.deep.equal([track]);
  });

  it('plays audio aloud, but not the own', () => {
    const [other, self] = [fakeElement(), fakeElement()];
    make('audio').attachments.add(other);
    make('audio', true).attachments.add(self);
    expect([other.muted, self.muted]).to.deep.equal([false, true]);
  });

  it('takes an element over from the track before', () => {
    const [first, second] = [make('video'), make('video')];
    const element = fakeElement();
    first.attachments.add(element);
    second.attachments.add(element);
    expect(first.attachments.elements).to.deep.equal([]);
    expect(tracksIn(element)).to.deep.equal([second.track]);
    first.attachments.remove(element);
    expect(tracksIn(element)).to.deep.equal([second.track]);
  });

  it('gives back what it removes, one or all', () => {
    const { attachments, changes } = make('video');
    const [a, b, c] = [fakeElement(), fakeElement(), fakeElement()];
    for (const element of [a, b, c]) attachments.add(element);
    expect(attachments.remove(b)).to.deep.equal([b]);
    expect(attachments.remove()).to.deep.equal([a, c]);
    expect(attachments.remove()).to.deep.equal([]);
    expect(changes).to.have.lengthOf(5);
  });

  it('lets every element go on with a new track', () => {
    const { attachments } = make('video');
    const element = fakeElement();
    attachments.add(element);
    const stream = element.srcObject;
    const next = fakeTrack('video');
    attachments.replaceTrack(next);
    expect(element.srcObject).to.equal(stream);
    expect(tracksIn(element)).to.deep.equal([next]);
  });

  it('tells when a click is wanted, and keeps quiet of an element that was given something else', async () => {
    const { attachments, blocked } = make('audio');
    const element = fakeElement();
    attachments.add(element);
    element.playFailure = new DOMException('', 'AbortError');
    await attachments.play();
    expect(blocked).to.deep.equal([]);
    element.playFailure = new DOMException('', 'NotAllowedError');
    await attachments.play();
    expect(blocked).to.deep.equal([1]);
  });
});
