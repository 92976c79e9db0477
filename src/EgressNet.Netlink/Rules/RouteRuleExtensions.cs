using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Rules;

/// <summary>Rules on a connection and in a batch.</summary>
public static class RouteRuleExtensions
{
    extension(NetlinkConnection connection)
    {
        /// <summary>The rules of the connection's namespace.</summary>
        public RouteRuleOperations RouteRules => new(connection);

        /// <summary>Starts a batch that reads back each rule it writes.</summary>
        /// <param name="onWritten">Called with each written rule's place in the batch and the kernel's rule, in order,
        /// while the batch is sent.</param>
        /// <returns>An empty batch, to be disposed after use.</returns>
        public NetlinkBatch CreateRouteRuleBatch(Action<int, RouteRule> onWritten) =>
            connection.CreateBatch((int index, in NetlinkMessage message) =>
            {
                if (RouteRuleOperations.ReadOrNull(in message) is { } rule)
                {
                    onWritten(index, rule);
                }
            });
    }

    extension(NetlinkBatch batch)
    {
        /// <summary>Adds the writing of one rule to the batch.</summary>
        /// <param name="rule">The rule.</param>
        /// <param name="change">What to do where the kernel knows its like.</param>
        /// <exception cref="ArgumentException">The rule contradicts itself; it was not added.</exception>
        public void Write(RouteRule rule, RouteRuleChange change = RouteRuleChange.Add)
        {
            RouteRuleRules.ThrowIfInvalid(rule);
            NetlinkWriter request = batch.Begin(RTM.RTM_NEWRULE, RouteRuleOperations.FlagsOf(change));
            RouteRuleMessage.Write(ref request, rule);
            batch.Add(ref request, RouteRuleOperations.OperationOf(change, rule.Family));
        }

        /// <summary>Adds the deletion of one rule to the batch; see <see cref="RouteRuleOperations.Delete"/>.</summary>
        /// <param name="rule">The rule, as read.</param>
        /// <exception cref="ArgumentException">It has no priority; it was not added.</exception>
        public void Delete(RouteRule rule)
        {
            RouteRuleOperations.ThrowIfUndeletable(rule);
            NetlinkWriter request = batch.Begin(RTM.RTM_DELRULE, 0);
            RouteRuleMessage.Write(ref request, rule);
            batch.Add(ref request, RouteRuleOperations.DeleteOperation);
        }
    }
}
