namespace EgressNet.Arguments;

internal static class DocumentationLink
{
    public const string Root = "https://github.com/egressnet/egressnet/blob/main/docs/";
}
