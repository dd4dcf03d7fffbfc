import { expect } from 'chai';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { AttachmentNodes } from '../../../../server/messaging/attachments/AttachmentNodes.ts';
import { NodeLinks } from '../../../helpers/NodeLinks.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const ID = '01a204e2-7c3e-7000-8000-000000000000';

describe('AttachmentNodes', () => {
  let links: NodeLinks;
  let places: Record<string, Set<string>>;
  let nodes: Record<string, AttachmentNodes>;

  beforeEach(() => {
    links = new NodeLinks();
    for (const nodeId of ['a', 'b', 'c']) links.urls.set(nodeId, `http://${nodeId}.example`);
    places = { a: new Set(), b: new Set(), c: new Set() };
    nodes = Object.fromEntries(
      Object.entries(places).map(([nodeId, files]) => [
        nodeId,
        new AttachmentNodes({
          cluster: links.link(nodeId),
          isHere: (attachmentId) => Promise.resolve(files.has(attachmentId)),
          discard: (attachmentIds) => {
            for (const attachmentId of attachmentIds) files.delete(attachmentId);
            return Promise.resolve();
          },
        }),
      ]),
    );
  });

  const find = (nodeId: string | null) =>
    nodes.a!.find({ attachmentId: ID, nodeId }).catch((error: { code: string }) => error.code);

  it('finds a file on the own disk, whatever its row says, and asks nobody', async () => {
    places.a!.add(ID);
    expect([await find('a'), await find('b'), await find('an-earlier-name')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(links.asked).to.equal(0);
  });

  it('finds it on the node that its row names, and asks nobody', async () => {
    places.b!.add(ID);
    expect(await find('b')).to.equal('http://b.example');
    expect(links.asked).to.equal(0);
  });

  it('finds it on a node that began again under another name', async () => {
    places.c!.add(ID);
    expect(await find('an-earlier-name')).to.equal('http://c.example');
    links.silent.add('b');
    expect(await find('an-earlier-name'), 'whoever else is silent').to.equal('http://c.example');
  });

  it('says that a node does not answer where that may have it, and that it is gone where it was here', async () => {
    expect(await find('an-earlier-name')).to.equal('nodeUnavailable');
    expect(await find('a')).to.equal('attachmentNotFound');
  });

  it('finds nothing where there are no other nodes', async () => {
    for (const other of ['b', 'c']) links.urls.delete(other);
    expect(await find('an-earlier-name')).to.equal('attachmentNotFound');
  });

  it('tells all others what is gone', async () => {
    for (const files of Object.values(places)) files.add(ID);
    nodes.a!.tellGone([ID]);
    await waitFor('the others to remove it', () => !places.b!.has(ID) && !places.c!.has(ID));
    expect(places.a!.has(ID), 'the own is removed by who tells it').to.equal(true);
  });

  it('takes no ids of another form', () => {
    expect(() => links.link('d').tell('a', 'attachmentsGone', { attachmentIds: ['../chaxi.sqlite'] })).to.throw(
      ChaxiError,
    );
  });
});
