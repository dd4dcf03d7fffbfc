import { expect } from 'chai';
import fc from 'fast-check';
import {
  isLess,
  subscriptionWish,
  type ElementView,
  type SubscriptionView,
} from '../../../../client-sdk/src/policies/subscriptionPolicy.ts';

const shown: ElementView = { widthPx: 1_280, heightPx: 720, filled: false, visible: true, pictureInPicture: false };
const view: SubscriptionView = {
  kind: 'video',
  source: 'camera',
  speaking: false,
  competing: false,
  subscribed: true,
  adaptive: true,
  wasAttached: true,
  pageVisible: true,
  elements: [shown],
  spatialLayers: 2,
  fullSize: { width: 1_280, height: 720 },
};
const small: ElementView = { ...shown, widthPx: 320, heightPx: 180 };
const hidden: ElementView = { ...shown, visible: false };
const floating: ElementView = { ...small, pictureInPicture: true };

describe('the subscription policy', () => {
  const full = { paused: false, spatialLayer: 1, priority: 1 };
  const half = { paused: false, spatialLayer: 0, priority: 1 };
  const paused = { paused: true, spatialLayer: 1, priority: 1 };
  const cases: [what: string, change: Partial<SubscriptionView>, wish: object][] = [
    ['a large element in full', {}, full],
    ['a small element in half', { elements: [small] }, half],
    ['an element a little above half size in half', { elements: [{ ...shown, widthPx: 760, heightPx: 430 }] }, half],
    ['an element well above half size in full', { elements: [{ ...shown, widthPx: 800, heightPx: 450 }] }, full],
    ['a wide and flat element by the side that limits it', { elements: [{ ...shown, heightPx: 200 }] }, half],
    [
      'a wide and flat element by the other side where it is filled',
      { elements: [{ ...shown, heightPx: 200, filled: true }] },
      full,
    ],
    ['the largest of several elements', { elements: [small, shown] }, full],
    ['only the elements that are visible', { elements: [small, hidden] }, half],
    ['nothing for a hidden element', { elements: [hidden] }, paused],
    ['nothing once it was detached', { elements: [] }, paused],
    ['everything before it was attached for the first time', { elements: [], wasAttached: false }, full],
    ['nothing while the page is hidden', { pageVisible: false }, paused],
    ['picture in picture while the page is hidden', { pageVisible: false, elements: [floating] }, half],
    ['everything where the room does not adapt', { adaptive: false, elements: [] }, full],
    [
      'audio whether or not it is attached or visible',
      { kind: 'audio', elements: [], pageVisible: false, spatialLayers: 1 },
      half,
    ],
    ['nothing where the application said so', { subscribed: false }, paused],
    [
      'the middle one of three sizes',
      { spatialLayers: 3, elements: [{ ...shown, widthPx: 640, heightPx: 360 }] },
      full,
    ],
    ['the smallest one of three sizes', { spatialLayers: 3, elements: [small] }, half],
    ['the one there is', { spatialLayers: 1, elements: [small] }, half],
  ];
  const upright = { width: 720, height: 1_280 };
  const sizes: typeof cases = [
    ['a camera of 4K in half for a large element', { fullSize: { width: 3_840, height: 2_160 } }, half],
    [
      'a camera of 640 x 480 in full for a middling element',
      { fullSize: { width: 640, height: 480 }, elements: [{ ...shown, widthPx: 480, heightPx: 360 }] },
      full,
    ],
    ['an upright camera in half where its height is what limits it', { fullSize: upright }, half],
    [
      'an upright camera in full where it fills the element',
      { fullSize: upright, elements: [{ ...shown, filled: true }] },
      full,
    ],
  ];
  cases.push(...sizes);
  for (const [what, change, wish] of cases) {
    it(`asks for ${what}`, () => expect(subscriptionWish({ ...view, ...change })).to.deep.equal(wish));
  }

  const priorities: [what: string, change: Partial<SubscriptionView>, priority: number][] = [
    ['the close-up first', { source: 'teaCloseUp' }, 200],
    ['then a shared screen', { source: 'screen' }, 100],
    ['then who speaks', { speaking: true }, 100],
    ['the others last', {}, 1],
    ['what can not be thinned out before all', { spatialLayers: 1 }, 255],
    ['nothing before sound, which is not in that order', { kind: 'audio', spatialLayers: 1 }, 1],
    ['no one where there is nothing else', { source: 'teaCloseUp', competing: false }, 1],
  ];
  for (const [what, change, priority] of priorities) {
    it(`serves ${what} on a tight link`, () =>
      expect(subscriptionWish({ ...view, competing: true, ...change }).priority).to.equal(priority));
  }

  it('never asks for less when an element grows', () => {
    const size = fc.integer({ min: 1, max: 4_000 });
    fc.assert(
      fc.property(size, size, fc.nat(2_000), fc.integer({ min: 1, max: 4 }), (width, height, growth, spatialLayers) => {
        const wishFor = (by: number) =>
          subscriptionWish({
            ...view,
            spatialLayers,
            elements: [{ ...shown, widthPx: width + by, heightPx: height + by }],
          });
        expect(isLess(wishFor(growth), wishFor(0))).to.equal(false);
      }),
    );
  });

  it('takes a pause, a smaller layer or a lower priority for less, in this order', () => {
    expect(isLess(paused, full)).to.equal(true);
    expect(isLess(half, full)).to.equal(true);
    expect(isLess(full, paused)).to.equal(false);
    expect(isLess(full, half)).to.equal(false);
    expect(isLess(full, full)).to.equal(false);
    expect(isLess(full, { ...full, priority: 100 })).to.equal(true);
    expect(isLess({ ...half, priority: 100 }, full)).to.equal(true);
    expect(isLess(full, { ...half, priority: 100 })).to.equal(false);
  });
});
