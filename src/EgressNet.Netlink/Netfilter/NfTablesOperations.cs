using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The nf_tables of a connection's namespace. Reading takes CAP_NET_ADMIN too: EPERM without it.</summary>
internal readonly struct NfTablesOperations(NetlinkConnection connection)
{
    private static readonly NetlinkOperation s_list = NetlinkOperation.List(NetlinkObject.Element);

    /// <summary>Reads the chains of one table, or of all.</summary>
    public IReadOnlyList<NfChain> ListChains(NfTable? table = null)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetChain, NLM_F.NLM_F_DUMP);
        request.NfHeader(table?.Family ?? NfFamily.Unspecified);
        List<NfChain> chains = connection.Dump<NfChain>(ref request, NetlinkOperation.List(NetlinkObject.Chain), NfChain.TryRead);
        return table is null
            ? chains
            : chains.FindAll(chain => (chain.Family, chain.Table) == (table.Family, table.Name));
    }

    /// <summary>Finds a table by its family and name; null where there is none.</summary>
    public NfTable? Find(NfTable table)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetTable);
        table.WriteName(ref request);
        return FindOne(ref request, new("find", NetlinkObject.Table), static (in message) =>
            NfTable.TryRead(in message, out NfTable found) ? found : null);
    }

    /// <summary>Reads a table's rules in their order; none where there is no such table.</summary>
    public IReadOnlyList<NfRule> ListRules(NfTable table)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetRule, NLM_F.NLM_F_DUMP);
        NfRule.WriteChain(ref request, table.Family, table.Name);
        return connection.Dump<NfRule>(ref request, NetlinkOperation.List(NetlinkObject.Rule), NfRule.TryRead)
            .FindAll(rule => (rule.Family, rule.Table) == (table.Family, table.Name));
    }

    /// <summary>Reads a table's sets and maps, without their elements; none where there is no such table.</summary>
    public IReadOnlyList<NfSet> ListSets(NfTable table)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetSet, NLM_F.NLM_F_DUMP);
        request.NfHeader(table.Family);
        request.Text(NFTA_SET.NFTA_SET_TABLE, table.Name);
        try
        {
            return connection.Dump<NfSet>(ref request, NetlinkOperation.List(NetlinkObject.Set), NfSet.TryRead)
                .FindAll(set => (set.Family, set.Table) == (table.Family, table.Name));
        }
        catch (NetlinkException absent) when (absent.Errno == Errno.ENOENT)
        {
            return [];
        }
    }

    /// <summary>Reads the elements of a set or a map, in no order, each once.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    /// <exception cref="NetlinkException">ENOENT where there is no such table or set.</exception>
    /// <exception cref="NetlinkDumpInterruptedException{T}">They changed, or moved, during each attempt.</exception>
    public IReadOnlyList<NfElement> ListElements(NfSet set)
    {
        DumpRetry retry = connection.NewDumpRetry();
        List<NfElement> elements;
        do
        {
            NetlinkWriter request = BeginElements(set);
            elements = [.. connection.Dump<IReadOnlyList<NfElement>>(ref request, s_list, NfElement.TryRead)
                .SelectMany(each => each)];

            // A hash table that grows moves elements while they are read, and the kernel does not say so: as many
            // are missing then as are there twice.
            HashSet<(NfValue, NfValue, bool)> seen = new(elements.Count);
            if (elements.TrueForAll(each => seen.Add((each.Key, each.KeyEnd, each.IsIntervalEnd))))
            {
                return elements;
            }
        }
        while (retry.TryAgain());

        throw new NetlinkDumpInterruptedException<NfElement>(s_list, retry.Attempts, elements);
    }

    /// <summary>Whether a set or a map has any element, at a cost that does not grow with it: of the answer no
    /// more is read than the first part that has one. False also where there is no such table or set.</summary>
    /// <remarks>Of a set of more than some hundred elements the rest of the answer is left for the connection's
    /// next request, which reads past it: that request does cost more the more elements there are.</remarks>
    public bool HasElements(NfSet set)
    {
        NetlinkWriter request = BeginElements(set);
        try
        {
            return connection.DumpsAny<IReadOnlyList<NfElement>>(
                ref request,
                s_list,
                static (in message, out some) => NfElement.TryRead(in message, out some) && some.Count > 0);
        }
        catch (NetlinkException absent) when (absent.Errno == Errno.ENOENT)
        {
            return false;
        }
    }

    /// <summary>Finds one element by its key, or the range that contains the key; null where it, or the set, does not
    /// exist.</summary>
    public NfElement? FindElement(NfSet set, NfValue key)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetElement);
        NfElement.Write(ref request, set, [new NfElement { Key = key }], isKeyOnly: true);
        return FindOne(ref request, new("find", NetlinkObject.Element), static (in message) =>
            NfElement.TryRead(in message, out IReadOnlyList<NfElement> elements)
                ? elements.FirstOrDefault()
                : null);
    }

    /// <summary>Reads the generation, for a transaction that is to fail once anybody changed anything.</summary>
    public NfGeneration GetGeneration()
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetGeneration);
        request.NfHeader(NfFamily.Unspecified);
        NfGeneration generation = connection.Get(ref request, new("read", NetlinkObject.Generation), NfGeneration.Read);
        return generation.Id != 0
            ? generation
            : throw new NetlinkFormatException(
                "The kernel answered the request for the generation with another kind of message.");
    }

    /// <summary>Starts a transaction.</summary>
    /// <param name="expected">The generation that it is for: with any other it fails as a whole, see
    /// <see cref="NfTransactionException.IsOutdated"/>. Null for whichever is.</param>
    /// <returns>An empty transaction, to be disposed after use.</returns>
    public NfTransaction CreateTransaction(NfGeneration? expected = null) => new(connection, expected);

    private NetlinkWriter BeginElements(NfSet set)
    {
        NetlinkWriter request = connection.Begin(NfMessageType.GetElement, NLM_F.NLM_F_DUMP);
        NfElement.WriteSet(ref request, set);
        return request;
    }

    private T? FindOne<T>(ref NetlinkWriter request, NetlinkOperation operation, ReplyReader<T?> read) where T : class
    {
        try
        {
            return connection.Get(ref request, operation, read);
        }
        catch (NetlinkException absent) when (absent.Errno == Errno.ENOENT)
        {
            return null;
        }
    }
}
