using EgressNet.Addresses;
using EgressNet.Bases;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Transport;
using EgressNet.Sessions;

namespace EgressNet.Batches;

/// <summary>Adds the addresses of the pipeline, and emits each once all can be used.</summary>
internal sealed class AddressBatchWriter(
    EgressCommandBase command, NamespaceSession session, CancellationToken stopping)
    : PipelineBatchBase<AddressItem>(command, session)
{
    private readonly Queue<AddressItem> _secondaries = [];
    private readonly Stack<AddressItem> _reversed = [];
    private readonly List<AddressItem> _added = [];
    private int _count;

    public void Put(AddressItem item)
    {
        item.Number = _count++;
        if (item.IsSecondary)
        {
            _secondaries.Enqueue(item);
        }
        else if (item.IsListedFirst)
        {
            _reversed.Push(item);
        }
        else
        {
            Add(item);
        }
    }

    public override void Flush()
    {
        while (_secondaries.TryDequeue(out AddressItem? item) || _reversed.TryPop(out item))
        {
            Add(item);
        }

        base.Flush();
        Settle();
    }

    protected override object TargetOf(AddressItem item) => item.Target;

    protected override void Send(AddressItem[] items, Exception?[] faults)
    {
        InterfaceLookup interfaces = new(Session);
        AddressRequest[] requests = new AddressRequest[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                requests[i] = items[i].Resolve(interfaces);
                items[i].Message = $"add address {requests[i].Address.Local} dev {requests[i].InterfaceName}";
            }
            catch (Exception fault) when (Command.ToError(fault, items[i].Target) is not null)
            {
                faults[i] = fault;
            }
        }

        AddressBatch batch = new(Session.Connection);
        batch.Add(requests, faults);
        for (int i = 0; i < items.Length; i++)
        {
            if (faults[i] is NetlinkException { IsAlreadyThere: true } && items[i].IsPutBack
                && batch.HasOfKernel(requests[i].Address))
            {
                faults[i] = null;
                items[i].Message = $"address {requests[i]} is there already: it is the kernel's own";
            }
            else if (faults[i] is null)
            {
                _added.Add(items[i]);
            }
        }
    }

    protected override void Emit(AddressItem item)
    {
        if (IsOneByOne)
        {
            if (!HasEnded)
            {
                Command.WriteVerbose(item.Message);
            }

            Settle();
        }
    }

    private void Settle()
    {
        AddressItem[] items = [.. _added.OrderBy(item => item.Number)];
        _added.Clear();
        if (items.Length == 0)
        {
            return;
        }

        Exception?[] faults = new Exception?[items.Length];
        InterfaceAddress?[] settled = new InterfaceAddress?[items.Length];
        try
        {
            using NetlinkConnection.CancellationHold hold = Session.Connection.HoldCancellation();
            settled = new AddressBatch(Session.Connection)
                .Settle([.. items.Select(item => item.Request!)], faults, stopping);
        }
        catch (Exception lost) when (Command.ToError(lost, null) is not null)
        {
            Array.Fill(faults, lost);
        }

        Each(Enumerable.Range(0, items.Length).ToArray(), i =>
        {
            if (faults[i] is { } fault)
            {
                Command.WriteFault(fault, items[i].Target, HasEnded);
            }
            else if (!HasEnded)
            {
                Command.WriteObject(Session.ToOutput(settled[i]!, items[i].Gateway));
            }
        });
    }
}
