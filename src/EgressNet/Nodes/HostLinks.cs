using EgressNet.Netlink.Links;

namespace EgressNet.Nodes;

/// <summary>The node's veth ends: asked for one by one, so that one costs the same however many there are, or from one
/// listing of all.</summary>
internal sealed class HostLinks
{
    private readonly EgressKernel _kernel;
    private readonly Dictionary<int, Link>? _byIndex;
    private readonly Dictionary<string, Link>? _byName;
    private readonly ILookup<string?, Link>? _byAlias;

    /// <summary>Asks the kernel for each link by itself.</summary>
    public HostLinks(EgressKernel kernel) => _kernel = kernel;

    /// <summary>Searches a listing of all links.</summary>
    public HostLinks(EgressKernel kernel, IReadOnlyList<Link> all)
    {
        _kernel = kernel;
        _byIndex = all.ToDictionary(link => link.Index);
        _byName = [];
        foreach (Link link in all)
        {
            foreach (string name in link.AlternativeNames.Prepend(link.Name))
            {
                _byName.TryAdd(name, link);
            }
        }

        _byAlias = all.ToLookup(link => link.Alias);
    }

    /// <summary>Whether all links were listed already.</summary>
    public bool AreListed => _byAlias is not null;

    public Link? ByIndex(int index) =>
        _byIndex is not null ? _byIndex.GetValueOrDefault(index) : _kernel.Host.Links.Find(index);

    public Link? ByName(string name) =>
        _byName is not null ? _byName.GetValueOrDefault(name) : _kernel.Host.Links.Find(name);

    /// <summary>Searches all links by alias.</summary>
    public Link? ByAlias(string alias) => _byAlias is not null
        ? _byAlias[alias].FirstOrDefault()
        : _kernel.Host.Links.List("veth").FirstOrDefault(link => link.Alias == alias);
}
