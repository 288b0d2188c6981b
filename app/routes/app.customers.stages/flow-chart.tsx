// The flow chart: bands between two columns of stages. Readers who do not see it have the table beside it.
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import { bandPath, layOutFlow, type FlowNode, type Movement } from "./flow-layout.ts";

const HEIGHT = 480;
const WIDTH = 100; // drawn as wide as there is room
const FRAME = { height: HEIGHT, gap: 8, nodeMin: 30 };

export function FlowChart({ movements, before, after }: { movements: readonly Movement[]; before: string; after: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { left, right, ribbons } = layOutFlow(movements, FRAME);
  return (
    <div className="flow-chart" aria-hidden="true">
      <div className="flow-heading">{t("profiles.flow.endOf", { month: before })}</div>
      <div />
      <div className="flow-heading flow-right">{t("profiles.flow.endOf", { month: after })}</div>
      <Nodes nodes={left} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT}>
        {ribbons.map((ribbon) => (
          <path key={`${ribbon.from} ${ribbon.to}`} className={`flow-${ribbon.change}`} d={bandPath(ribbon, WIDTH)}>
            <title>{t("profiles.flow.band", { from: t(`profiles.stages.${ribbon.from}.name`), to: t(`profiles.stages.${ribbon.to}.name`), customers: formats.count(ribbon.customers) })}</title>
          </path>
        ))}
      </svg>
      <Nodes nodes={right} />
    </div>
  );
}

function Nodes({ nodes }: { nodes: readonly FlowNode[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className="flow-nodes" style={{ height: HEIGHT }}>
      {nodes.map(({ stage, customers, top, height }) => (
        <div key={stage} className={`flow-node stage-${stage}`} style={{ top, height }}>
          <span>{t(`profiles.stages.${stage}.name`)}</span> <b>{formats.count(customers)}</b>
        </div>
      ))}
    </div>
  );
}
