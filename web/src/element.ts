/** The drop-in element for any page: `<script type="module" src="https://…/element.js">`. */
export { ChaxiRoom } from './components/ChaxiRoom.ts';
