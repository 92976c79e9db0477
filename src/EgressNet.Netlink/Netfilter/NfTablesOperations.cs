using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Netfilter;

/// <summary>The nf_tables of a connection's namespace. Reading takes CAP_NET_ADMIN too: EPERM without it.</summary>
public readonly struct NfTablesOperations
{
    private const string ListOperation = "list elements";
    private readonly NetlinkConnection _connection;

    internal NfTablesOperations(NetlinkConnection connection) => _connection = connection;

    /// <summary>Reads the tables.</summary>
    /// <param name="family">One family, or all.</param>
    /// <returns>The tables.</returns>
    public IReadOnlyList<NfTable> ListTables(NfFamily family = NfFamily.Unspecified)
    {
        NetlinkWriter request = Begin(NfMessageType.GetTable, family);
        return _connection.Dump<NfTable>(ref request, "list tables", NfTableMessage.TryRead);
    }

    /// <summary>Reads the chains.</summary>
    /// <param name="table">Of one table; null for all.</param>
    /// <returns>The chains.</returns>
    public IReadOnlyList<NfChain> ListChains(NfTable? table = null)
    {
        NetlinkWriter request = Begin(NfMessageType.GetChain, table?.Family ?? NfFamily.Unspecified);
        List<NfChain> chains = _connection.Dump<NfChain>(ref request, "list chains", NfChainMessage.TryRead);
        return table is null
            ? chains
            : chains.FindAll(chain => (chain.Family, chain.Table) == (table.Family, table.Name));
    }

    /// <summary>Finds a table by its family and name, however many there are.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The table as it is; null where there is none.</returns>
    public NfTable? Find(NfTable table)
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetTable);
        NfTableMessage.WriteName(ref request, table.Family, table.Name);
        return FindOne(ref request, "find table", static (in message) =>
            NfTableMessage.TryRead(in message, out NfTable found) ? found : null);
    }

    /// <summary>Finds a chain by its family, table and name, however many there are.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The chain as it is; null where there is none.</returns>
    public NfChain? Find(NfChain chain)
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetChain);
        NfChainMessage.WriteName(ref request, chain);
        return FindOne(ref request, "find chain", static (in message) =>
            NfChainMessage.TryRead(in message, out NfChain found) ? found : null);
    }

    /// <summary>Reads rules in their order.</summary>
    /// <param name="table">Of one table; null for all.</param>
    /// <param name="chain">Of one chain; null for all.</param>
    /// <returns>The rules; none where there is no such table or chain.</returns>
    public IReadOnlyList<NfRule> ListRules(NfTable? table = null, string? chain = null)
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetRule, NLM_F.NLM_F_DUMP);
        if (table is null)
        {
            NfMessage.Header(ref request, NfFamily.Unspecified);
        }
        else
        {
            NfRuleMessage.WriteChain(ref request, table.Family, table.Name, chain);
        }

        return _connection.Dump<NfRule>(ref request, "list rules", NfRuleMessage.TryRead)
            .FindAll(rule =>
                (table is null || (rule.Family, rule.Table) == (table.Family, table.Name))
                && (chain is null || rule.Chain == chain));
    }

    /// <summary>Reads the sets and maps, without their elements.</summary>
    /// <param name="table">Of one table; null for all.</param>
    /// <returns>The sets; none where there is no such table.</returns>
    public IReadOnlyList<NfSet> ListSets(NfTable? table = null)
    {
        NetlinkWriter request = Begin(NfMessageType.GetSet, table?.Family ?? NfFamily.Unspecified);
        if (table is not null)
        {
            request.Text(NFTA_SET.NFTA_SET_TABLE, table.Name);
        }

        List<NfSet>? sets = WhereThere<NfSet>(ref request, "list sets", NfSetMessage.TryRead);
        return sets?.FindAll(set => table is null || (set.Family, set.Table) == (table.Family, table.Name)) ?? [];
    }

    /// <summary>Reads the elements of a set or a map, in no order.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    /// <returns>The elements, each once.</returns>
    /// <exception cref="NetlinkException">ENOENT where there is no such table or set.</exception>
    /// <exception cref="NetlinkDumpInterruptedException{T}">They changed, or moved, during each attempt.</exception>
    public IReadOnlyList<NfElement> ListElements(NfSet set)
    {
        DumpRetry retry = _connection.NewDumpRetry();
        List<NfElement> elements;
        do
        {
            NetlinkWriter request = _connection.Begin(NfMessageType.GetElement, NLM_F.NLM_F_DUMP);
            NfElementMessage.WriteSet(ref request, set);
            elements = [.. _connection.Dump<IReadOnlyList<NfElement>>(ref request, ListOperation, NfElementMessage.TryRead)
                .SelectMany(each => each)];

            // A hash table that grows moves elements while they are read, and the kernel does not say so: as many are
            // missing then as are there twice.
            HashSet<(NfValue, NfValue, bool)> seen = new(elements.Count);
            if (elements.TrueForAll(each => seen.Add((each.Key, each.KeyEnd, each.IsIntervalEnd))))
            {
                return elements;
            }
        }
        while (retry.TryAgain());

        throw new NetlinkDumpInterruptedException<NfElement>(ListOperation, retry.Attempts, elements);
    }

    /// <summary>Whether a set or a map has any element, at a cost that does not grow with it: of the answer no more
    /// is read than the first part that has one.</summary>
    /// <remarks>Of a set of more than some hundred elements the rest of the answer is left for the connection's next
    /// request, which reads past it: that request does cost more the more elements there are.</remarks>
    /// <param name="set">The set, by family, table and name.</param>
    /// <returns>False also where there is no such table or set.</returns>
    public bool HasElements(NfSet set)
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetElement, NLM_F.NLM_F_DUMP);
        NfElementMessage.WriteSet(ref request, set);
        try
        {
            return _connection.DumpsAny<IReadOnlyList<NfElement>>(
                ref request,
                ListOperation,
                static (in message, out some) => NfElementMessage.TryRead(in message, out some) && some.Count > 0);
        }
        catch (NetlinkException absent) when (absent.Errno == (int)Errno.ENOENT)
        {
            return false;
        }
    }

    /// <summary>Finds one element by its key, however many there are.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    /// <param name="key">The key.</param>
    /// <returns>The element, of ranges the one that the key is in; null where it, or the set, is not there.</returns>
    public NfElement? FindElement(NfSet set, NfValue key) => Find(set, new NfElement { Key = key });

    /// <summary>Finds one element with the same key and the same key end, however many there are.</summary>
    /// <param name="set">The set, by family, table and name.</param>
    /// <param name="element">The element; its key, key end and whether it ends a range are looked at.</param>
    /// <returns>The element; null where it, or the set, is not there.</returns>
    public NfElement? FindElement(NfSet set, NfElement element) =>
        Find(set, element) is { } found && (found.Key, found.KeyEnd) == (element.Key, element.KeyEnd) ? found : null;

    /// <summary>Reads the generation, for a transaction that is to fail once anybody changed anything.</summary>
    /// <returns>The generation.</returns>
    public NfGeneration GetGeneration()
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetGeneration);
        NfMessage.Header(ref request, NfFamily.Unspecified);
        NfGeneration generation = _connection.Get(ref request, "read nf_tables generation", NfGenerationMessage.Read);
        return generation.Id != 0
            ? generation
            : throw new NetlinkFormatException("The kernel answered the question for the generation with something else.");
    }

    /// <summary>Starts a transaction.</summary>
    /// <param name="expected">The generation that it is for: with any other it fails as a whole, see
    /// <see cref="NfTransactionException.IsOutdated"/>. Null for whichever is.</param>
    /// <returns>An empty transaction, to be disposed after use.</returns>
    public NfTransaction CreateTransaction(NfGeneration? expected = null) => new(_connection, expected);

    private NfElement? Find(NfSet set, NfElement element)
    {
        NetlinkWriter request = _connection.Begin(NfMessageType.GetElement);
        NfElementMessage.WriteKeys(ref request, set, [element]);
        return FindOne(ref request, "find element", static (in message) =>
            NfElementMessage.TryRead(in message, out IReadOnlyList<NfElement> elements) ? elements : []) is [NfElement first, ..]
            ? first
            : null;
    }

    private T? FindOne<T>(ref NetlinkWriter request, string operation, ReplyReader<T?> read) where T : class
    {
        try
        {
            return _connection.Get(ref request, operation, read);
        }
        catch (NetlinkException absent) when (absent.Errno == (int)Errno.ENOENT)
        {
            return null;
        }
    }

    private NetlinkWriter Begin(NfMessageType type, NfFamily family)
    {
        NetlinkWriter request = _connection.Begin(type, NLM_F.NLM_F_DUMP);
        NfMessage.Header(ref request, family);
        return request;
    }

    private List<T>? WhereThere<T>(ref NetlinkWriter request, string operation, EntryReader<T> read)
    {
        try
        {
            return _connection.Dump(ref request, operation, read);
        }
        catch (NetlinkException absent) when (absent.Errno == (int)Errno.ENOENT)
        {
            return null;
        }
    }
}
