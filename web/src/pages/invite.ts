/** The page of an invitation is one element, which becomes the room. */
import '../components/InvitePage.ts';
