import { css, svg } from 'lit';
import { noteAspects, type TastingNote } from '../../../client-sdk/src/index.ts';
import type { NotesMessages } from '../i18n/notesMessages.ts';
import { radarPoint, radarPoints, radarShape } from './radar.ts';
import { HIGHEST_SCORE } from './scores.ts';

/** Room for the words around it, in its units: beside it more than above. */
const EDGE = { x: 1.75, y: 1.3 };
const RINGS = [0.25, 0.5, 0.75, 1] as const;

/**
 * Scores as a shape on six axes: the own note filled, those of others as dashed lines, so that it is read without colour too. Null
 * where nobody gave enough scores.
 */
export function radarDrawing(own: TastingNote | null, shared: readonly TastingNote[], words: NotesMessages) {
  const ownShape = own && radarShape(own);
  const otherShapes = shared.map(radarShape).filter((shape) => shape !== null);
  if (!ownShape && otherShapes.length === 0) return null;
  return svg`<svg class="radar" viewBox="${-EDGE.x} ${-EDGE.y} ${2 * EDGE.x} ${2 * EDGE.y}" aria-hidden="true">
    ${RINGS.map((ring) => {
      const corners = noteAspects.map((aspect) => radarPoint(aspect, ring * HIGHEST_SCORE));
      return svg`<polygon class="ring" points=${radarPoints(corners)} />`;
    })}
    ${noteAspects.map((aspect) => {
      const { x, y } = radarPoint(aspect, HIGHEST_SCORE);
      const place = { x: x * 1.14, y: y * 1.14 };
      const anchor = Math.abs(x) < 0.01 ? 'middle' : x > 0 ? 'start' : 'end';
      return svg`<line class="ring" x2=${x} y2=${y} />
        <text x=${place.x} y=${place.y} text-anchor=${anchor} dominant-baseline="middle">${words.aspects[aspect]}</text>`;
    })}
    ${otherShapes.map((shape) => svg`<polygon class="other" points=${radarPoints(shape)} />`)}
    ${ownShape ? svg`<polygon class="own" points=${radarPoints(ownShape)} />` : null}
  </svg>`;
}

export const radarStyles = css`
  .radar {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
    print-color-adjust: exact;
  }
  .radar .ring {
    fill: none;
    stroke: var(--cx-line);
    stroke-width: 0.008;
  }
  .radar .own {
    fill: var(--cx-text);
    fill-opacity: 0.16;
    stroke: var(--cx-text);
    stroke-width: 0.025;
    stroke-linejoin: round;
  }
  .radar .other {
    fill: none;
    stroke: var(--cx-text-soft);
    stroke-width: 0.016;
    stroke-dasharray: 0.06 0.04;
    stroke-linejoin: round;
  }
  .radar text {
    font-size: 0.17px;
    fill: var(--cx-text-soft);
  }
`;
