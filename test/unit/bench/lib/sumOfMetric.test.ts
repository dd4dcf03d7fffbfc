import { expect } from 'chai';
import { sumOfMetric } from '../../../../bench/lib/sumOfMetric.ts';

const TEXT = `# HELP chaxi_pipes Ends of pipes
# TYPE chaxi_pipes gauge
chaxi_pipes{worker="0"} 2
chaxi_pipes{worker="1"} 3
chaxi_pipes_total 99
chaxi_rooms 1
`;

describe('sumOfMetric', () => {
  it('adds what stands under all labels, and takes no other metric for it', () => {
    expect(sumOfMetric(TEXT, 'chaxi_pipes')).to.equal(5);
    expect(sumOfMetric(TEXT, 'chaxi_rooms')).to.equal(1);
  });

  it('is nothing where there is none', () => {
    expect(sumOfMetric(TEXT, 'chaxi_consumers')).to.equal(0);
  });
});
