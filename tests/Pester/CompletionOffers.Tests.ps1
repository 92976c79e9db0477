BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    $typed = foreach ($command in Get-Command -Module EgressNet) {
        if ($command.Name -ne 'ConvertFrom-CniResult') {
            @{ Typed = "$command " }
            @{ Typed = "$command a-" }
            @{ Typed = "$command x" }
            @{ Typed = "$command 1" }
            @{ Typed = "$command 10.0.0.5 x" }
        }

        foreach ($parameter in $command.Parameters.Values) {
            if ($parameter.Name -notin $common -and $parameter.ParameterType -ne [switch] -and $parameter.Name -ne 'Path') {
                @{ Typed = "$command -$($parameter.Name) " }
            }
        }
    }
}

Describe 'Completion of <Typed>' -ForEach $typed {
    It 'offers no file and nothing empty' {
        Push-Location $TestDrive
        $null = New-Item -ItemType File -Force a-file
        try {
            $offers = [System.Management.Automation.CommandCompletion]::CompleteInput($Typed, $Typed.Length, $null)
            @($offers.CompletionMatches | Where-Object { $_.ResultType -ne 'ParameterValue' -or -not $_.CompletionText }) |
                Should -HaveCount 0
        }
        finally {
            Pop-Location
        }
    }
}

Describe "Offers$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        $null = Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1 metric 77
        $null = Invoke-Ip -n $ns route add 203.0.113.0/24 via 192.0.2.9 table 100
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It '<Command> <Typed> offers <Offered>' -ForEach @(
        @{ Command = 'Get-NetIPAddress'; Typed = '-IPAddress 192'; Offered = '192.0.2.5' }
        @{ Command = 'Remove-NetIPAddress'; Typed = '-IPAddress fd'; Offered = 'fd00:2::5' }
        @{ Command = 'Remove-NetIPAddress'; Typed = '-PrefixLength 2'; Offered = '24' }
        @{ Command = 'Set-PointToPointGateway'; Typed = '-IPAddress 192'; Offered = '192.0.2.5' }
        @{ Command = 'Set-PointToPointGateway'; Typed = '192'; Offered = '192.0.2.5', '192.0.2.1' }
        @{ Command = 'Set-PointToPointGateway'; Typed = '-InterfaceAlias v0 192.0.2.5 192'; Offered = '192.0.2.1' }
        @{ Command = 'Set-PointToPointGateway'; Typed = '-NextHop 192'; Offered = '192.0.2.1' }
        @{ Command = 'New-NetRoute'; Typed = '198'; Offered = '198.51.100.0/24' }
        @{ Command = 'Get-NetRoute'; Typed = '-DestinationPrefix 198'; Offered = '198.51.100.0/24' }
        @{ Command = 'Remove-NetRoute'; Typed = '-DestinationPrefix 198'; Offered = '198.51.100.0/24' }
        @{ Command = 'Remove-NetRoute -RouteTable 100'; Typed = '-DestinationPrefix 203'; Offered = '203.0.113.0/24' }
        @{ Command = 'Set-NetRoute'; Typed = '-NextHop 192'; Offered = '192.0.2.1' }
        @{ Command = 'Get-NetRoute'; Typed = '-RouteMetric 7'; Offered = '77' }
        @{ Command = 'New-NetRoute'; Typed = '-PreferredSource 192'; Offered = '192.0.2.5' }
        @{ Command = 'Get-NetAdapter'; Typed = '-Kind v'; Offered = 'veth' }
    ) {
        (TabExpansion2 "$Command -NetNamespace $ns $Typed").CompletionMatches.CompletionText | Should -BeExactly $Offered
    }

    It 'offers indexes of interfaces' {
        (TabExpansion2 "Get-NetIPAddress -NetNamespace $ns -InterfaceIndex ").CompletionMatches.CompletionText | Should -Contain "$index"
    }

    It 'offers the interfaces that Remove-EgressVeth accepts only' {
        $name = (Get-NewName).Substring(0, 10)
        $veth = New-EgressVeth $name -NetNamespace $ns
        try {
            (TabExpansion2 "Remove-EgressVeth -NetNamespace $ns -Name ").CompletionMatches.CompletionText | Should -BeExactly $name
            (TabExpansion2 "Get-EgressVeth -Name $name").CompletionMatches.CompletionText | Should -BeExactly $name
        }
        finally {
            $veth | Remove-EgressVeth
        }
    }

    It 'offers ids, networks and interfaces of attached containers' {
        $id, $network = (Get-NewName), (Get-NewName 'net')
        $veth = New-EgressVeth eg7 -NetNamespace $ns -ContainerId $id -Network $network
        try {
            foreach ($command in 'Get-ContainerEgress', 'Remove-ContainerEgress', 'Test-ContainerEgress', 'Get-EgressNat') {
                (TabExpansion2 "$command -ContainerId $($id.Substring(0, 8))").CompletionMatches.CompletionText | Should -BeExactly $id
            }

            (TabExpansion2 "Repair-ContainerEgress -Network $network").CompletionMatches.CompletionText | Should -BeExactly $network
            (TabExpansion2 'Get-ContainerEgress -Name eg7').CompletionMatches.CompletionText | Should -BeExactly 'eg7'
        }
        finally {
            $veth | Remove-EgressVeth
        }
    }
}
