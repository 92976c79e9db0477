using EgressNet.Arguments;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that acts on interfaces, chosen by name or piped in.</summary>
public abstract class NetAdapterSelectionBase : NamespaceCommandBase
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByName)]
    [Alias("ifAlias", "InterfaceAlias")]
    [TextArgument(typeof(NetAdapter))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[] Name { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [CopyTransformation(typeof(NetAdapter))]
    [ArgumentCompleter(typeof(NameOrObjectCompleter<InterfaceCompleter>))]
    public NetAdapter[] InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Subject Subject => Subject.Interface;

    /// <summary>What is done to each, as a prompt says it.</summary>
    private protected abstract string Action { get; }

    /// <summary>Acts on one interface, after the prompt.</summary>
    private protected abstract void Act(Link link);

    /// <summary>Refuses, before the prompt, what cannot be done to an interface.</summary>
    private protected virtual void ThrowIfImpossible(Link link)
    {
    }

    private protected void Emit(NetAdapter adapter)
    {
        if (PassThru)
        {
            WriteObject(adapter);
        }
    }

    /// <summary>Whether a piped interface has gone with one that came before it.</summary>
    private protected virtual bool HasGone(NetAdapter adapter) => false;

    private protected override void ProcessItem()
    {
        // All are looked up first: with a pair's one end goes the other.
        List<Link> named = [];
        ForEach(Name, name => named.AddRange(Named(name)));
        ForEach(named.DistinctBy(link => link.Index), Confirmed);
        ForEach(InputObject, adapter =>
        {
            FollowObject(adapter.Origin);
            if (!HasGone(adapter))
            {
                Confirmed(IsAtHome(adapter.Origin)
                    ? Session.RequireInterface(adapter.InterfaceIndex, adapter.Name, adapter)
                    : Session.RequireInterface(adapter.Name, adapter));
            }
        });
    }

    private IEnumerable<Link> Named(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [Session.RequireInterface(WildcardPattern.Unescape(name))];
        }

        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.None);
        return Session.Connection.Links.List().Where(link => pattern.IsMatch(link.Name));
    }

    private void Confirmed(Link link)
    {
        ThrowIfImpossible(link);
        if (!ShouldProcess($"{link.Name}{InNamespace}", Action))
        {
            return;
        }

        // While the prompt waited, another interface may have got the index.
        if (AsksForEach && Session.Connection.Links.Find(link.Index) is not null)
        {
            Session.RequireInterface(link.Index, link.Name, link.Name);
        }

        Act(link);
    }
}
